using IncidentDb.Incidents;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>
/// Walks a sheet and complains about every statement that the records do not bear out. It reads the record files anew and trusts nothing that the composition
/// says of itself.
/// </summary>
internal sealed partial class SheetChecker(KnowledgeBase library)
{
    private static readonly HashSet<string> _craftPaths =
    [
        "sections.hook", "sections.analogies", "sections.talking_points", "sections.questions", "sections.lessons", "sections.jargon", "oneLine", "meaning", "say_as",
        "learningObjectives", StatementOrigin.Composed,
    ];

    private readonly Dictionary<(Noun, string), RecordLines> _files = [];
    private readonly Dictionary<string, Incident> _records = [];
    private readonly Dictionary<string, IReadOnlyCollection<decimal>> _lengths = [];

    /// <summary>A longer sheet says what the shorter one does: the same words, their speech and their time are judged once.</summary>
    private readonly HashSet<(bool IsComposed, string Text, string Spoken, string Script, double Seconds)> _heard = [];

    public IReadOnlyList<string> Check(PrepSheet sheet)
    {
        var complaints = new List<string>();
        void Complain(string rule, PrepStatement s, string what) => complaints.Add($"{sheet.Title}, {sheet.Minutes} min: {rule}: {what} — {s.Id} ({s.Kind}): {s.Text}");

        foreach (var statement in sheet.Statements)
        {
            Kind(sheet, statement, (what) => Complain("kind", statement, what));
            Figures(sheet, statement, (what) => Complain("figure", statement, what));
            if (_heard.Add((statement.Origin.Path == StatementOrigin.Composed, statement.Text, statement.Spoken, statement.Script, statement.Seconds)))
                Speech(statement, (what) => Complain("speech", statement, what));
            if (statement.Origin is { Noun: Noun.Incident, Path: "timeline" })
                EventLabels.Check(Record(statement.Origin.Slug), statement, sheet.Clock, (what) => Complain("time", statement, what));
            if (statement.Origin.Path == StatementOrigin.Composed && statement.Id.Contains("/figures/", StringComparison.Ordinal))
                Measures(statement, (what) => Complain("figure", statement, what));
        }

        foreach (var figure in sheet.Figures)
            ToSay(figure, what => complaints.Add($"{sheet.Title}, {sheet.Minutes} min: figure to say: {what} — {figure.Say} ({figure.Exactly}, {figure.What})"));

        Repetition(sheet, complaints);
        Time(sheet, complaints);
        return complaints;
    }

    /// <summary>Cited, unsourced or craft, and rightly so.</summary>
    private void Kind(PrepSheet sheet, PrepStatement s, Action<string> complain)
    {
        var composed = s.Origin.Path == StatementOrigin.Composed;
        if (s.Kind == StatementKind.Cited && s.Sources.Count == 0)
            complain("no source is shown");
        if (s.Sources.Any(n => sheet.Sources.All(x => x.Number != n)))
            complain("the source is not in the list");
        if (s.Kind != StatementKind.Cited && s.Sources.Count > 0)
            complain("a source stands behind what is not called cited");
        if (composed)
        {
            if (s.Kind == StatementKind.Unsourced)
                complain("words of ours are craft, or carry the sources of their figures");
            return;
        }

        if (s.Origin.Noun != Noun.Incident)
        {
            if (s.Kind == StatementKind.Unsourced)
                complain("only records have sentences without a source");
            if (s.Origin.Noun is Noun.Pattern && File(s.Origin).MarksAfter(s.Text) is null)
                complain("the pattern does not say this");
            return;
        }

        if (File(s.Origin).MarksAfter(s.Text) is not { } marks)
        {
            complain("the record does not say this");
            return;
        }

        var cites = marks.Where(m => m != Citations.Unsourced).ToList();
        switch (s.Kind)
        {
            case StatementKind.Cited when cites.Count == 0 || marks.Contains(Citations.Unsourced):
                complain("the record cites nothing for this");
                break;
            case StatementKind.Cited when !s.Refs.Select(r => r.Id).Order(StringComparer.Ordinal).SequenceEqual(cites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)):
                complain($"the record cites {string.Join(", ", cites)}, the sheet {string.Join(", ", s.Refs.Select(r => r.Id))}");
                break;
            case StatementKind.Unsourced when cites.Count > 0 && !marks.Contains(Citations.Unsourced):
                complain("the record has a source for this");
                break;
            case StatementKind.Craft when !_craftPaths.Contains(s.Origin.Path) && !s.Origin.Path.EndsWith(".would", StringComparison.Ordinal):
                complain($"{s.Origin.Path} is no craft");
                break;
        }
    }

    /// <summary>Every number stands in the record, is a length between two of its times, or follows from a formula whose inputs do.</summary>
    private void Figures(PrepSheet sheet, PrepStatement s, Action<string> complain)
    {
        var figures = RecordLines.FiguresIn(s.Text).ToList();
        if (figures.Count == 0 && s.Worked is null)
            return;
        var held = new HashSet<decimal>();
        if (s.Id.EndsWith("/segue", StringComparison.Ordinal))
            held.UnionWith(RecordLines.FiguresIn(s.Origin.Noun == Noun.Episode ? library.Catalogue.Episode(s.Origin.Slug)!.Title : Record(s.Origin.Slug).Title).SelectMany(m => RecordLines.Values(m.Value)));
        else if (s.Origin.Noun is Noun.Incident or Noun.Pattern or Noun.Episode)
            held.UnionWith(File(s.Origin).Figures);
        // What a record says of its contrast stands in the record that is told.
        if (s.Id.EndsWith("/contrast", StringComparison.Ordinal))
            held.UnionWith(sheet.Records.Where(r => r.IsTold).SelectMany(r => File(new StatementOrigin(Noun.Incident, r.Slug, "", "")).Figures));

        if (s.Origin.Path == StatementOrigin.Composed && s.Origin.Noun == Noun.Incident)
            held.UnionWith(Lengths(s.Origin.Slug));
        if (s.Worked is { } worked)
        {
            WorkedSums.Check(worked, complain);
            held.UnionWith(worked.Results.Concat(worked.Constants).SelectMany(RecordLines.FiguresIn).SelectMany(m => RecordLines.Values(m.Value)));
            foreach (var input in worked.Inputs.Where(i => i.Sources.Count == 0))
                complain($"the input “{input.Name}” has no source");
        }

        foreach (var figure in figures.Where(f => !RecordLines.Values(f.Value).All(held.Contains)))
            complain($"{figure.Value} is not in the record");
    }

    /// <summary>A figure of ours prints a measure of the record in full and no other value.</summary>
    private void Measures(PrepStatement s, Action<string> complain)
    {
        var incident = Record(s.Origin.Slug);
        var named = incident.Metrics.Where(m => library.Catalogue.Words.Label("metrics", m.Name).Equals(s.Label, StringComparison.OrdinalIgnoreCase)).ToList();
        var bounds = named.SelectMany(m => new[] { m.Value.Min, m.Value.Max }).OfType<decimal>().Concat(Lengths(s.Origin.Slug)).ToHashSet();
        var scopes = named.Select(m => m.Scope).OfType<string>().SelectMany(RecordLines.FiguresIn).SelectMany(m => RecordLines.Values(m.Value)).ToHashSet();
        // “0–4 million”: the scale after the second bound is that of both.
        var text = Ranges().Replace(s.Text, "${a} ${scale} ${b} ${scale}");
        foreach (var figure in RecordLines.FiguresIn(text).Where(f => !bounds.Contains(RecordLines.Values(f.Value).Last()) && !RecordLines.Values(f.Value).All(scopes.Contains)))
            complain($"{figure.Value} is no measure of the record");
        var sources = named.SelectMany(m => m.Sources).Concat(Derivation.LastedSources(incident)).ToHashSet(StringComparer.Ordinal);
        if (s.Refs.Any(r => !sources.Contains(r.Id)))
            complain("the source stands behind no measure of the record");
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<a>\d[\d.,]*)–(?<b>\d[\d.,]*) (?<scale>thousand|million|billion|bn|M|T)\b", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, 1000)]
    private static partial System.Text.RegularExpressions.Regex Ranges();

    /// <summary>The exact form is the record's; the form for speech is near it.</summary>
    private void ToSay(FigureToSay figure, Action<string> complain)
    {
        if (figure.Sources.Count == 0)
            complain("no source is shown");
        var held = File(new StatementOrigin(Noun.Incident, figure.Record, "", "")).Figures.Concat(Lengths(figure.Record)).ToHashSet();
        var exact = RecordLines.FiguresIn(figure.Exactly).SelectMany(m => RecordLines.Values(m.Value)).ToList();
        if (exact.Any(v => !held.Contains(v)))
            complain("the exact form is not in the record");
        var measures = Record(figure.Record).Metrics.SelectMany(m => new[] { m.Value.Min, m.Value.Max }).OfType<decimal>().Concat(Lengths(figure.Record)).ToList();
        foreach (var said in SpokenWords.NumbersIn(figure.Say).Where(n => !measures.Any(m => Math.Abs(m - n) <= Math.Abs(m) * 0.005m)))
            complain($"{said} is near no measure of the record");
    }

    private Incident Record(string slug)
    {
        if (!_records.TryGetValue(slug, out var incident))
            _records[slug] = incident = library.Incidents.Find(slug)!.Incident;
        return incident;
    }

    private IReadOnlyCollection<decimal> Lengths(string slug)
    {
        if (!_lengths.TryGetValue(slug, out var lengths))
            _lengths[slug] = lengths = LengthsOf(Record(slug)).ToHashSet();
        return lengths;
    }

    /// <summary>Whole minutes, hours and days of the record's own durations, as they can be printed.</summary>
    private static IEnumerable<decimal> LengthsOf(Incident incident)
    {
        var derived = Derivation.Of(incident);
        foreach (var range in derived.All.Select(d => d.Range).OfType<DurationRange>())
        {
            foreach (var length in new[] { range.Min, range.Max })
            {
                yield return (decimal)Math.Floor(length.TotalSeconds);
                yield return length.Seconds;
                yield return (decimal)Math.Floor(length.TotalMinutes);
                yield return length.Minutes;
                yield return (decimal)Math.Floor(length.TotalHours);
                yield return length.Hours;
                yield return (decimal)Math.Floor(length.TotalDays);
                yield return (decimal)Math.Round(length.TotalDays);
                yield return (decimal)Math.Round(length.TotalDays / 30.44);
                yield return (decimal)Math.Round(length.TotalDays / 365.25);
            }
        }
    }

    /// <summary>What is said is what is printed, and the words of a number give the number.</summary>
    private static void Speech(PrepStatement s, Action<string> complain)
    {
        var spoken = SpokenText.Of(s.Text);
        if (s.Origin.Path != StatementOrigin.Composed && spoken.Text != s.Spoken)
            complain($"said as “{s.Spoken}”");
        if (spoken.Restore() != s.Text)
            complain("the figures put back do not give the text");
        foreach (var figure in spoken.Figures.Where(f => SpokenWords.IsPlainNumber(f.Exact)))
        {
            // Flights and types of aircraft are said digit by digit.
            if (figure.Words.Split(' ') is var digits && figure.Exact.All(char.IsAsciiDigit) && digits.Length == figure.Exact.Length && string.Concat(digits.Select(SpokenWords.Number)) == figure.Exact)
                continue;
            if (SpokenWords.Number(figure.Words) != decimal.Parse(figure.Exact.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture))
                complain($"{figure.Exact} is said “{figure.Words}”");
        }

        if (s.Seconds < 0 || Math.Abs(s.Seconds - (Words(s.Script) * 60.0 / 150)) > 0.001)
            complain("the reading time is not that of its words");
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetterOrDigit));

    private static void Repetition(PrepSheet sheet, List<string> complaints)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var block in sheet.Blocks)
        {
            foreach (var s in block.Statements.Where(s => !s.Silent))
            {
                foreach (var sentence in s.Spoken.Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(x => x.TrimEnd('.')))
                {
                    if (!seen.TryAdd(sentence, $"{block.Id}, {s.Id}"))
                        complaints.Add($"{sheet.Title}, {sheet.Minutes} min: repetition: “{sentence}” in {block.Id}, {s.Id} and in {seen[sentence]}");
                }
            }
        }
    }

    private static void Time(PrepSheet sheet, List<string> complaints)
    {
        var name = $"{sheet.Title}, {sheet.Minutes} min: time: ";
        if (sheet.Blocks.Sum(b => b.Budget) != sheet.Minutes * 60)
            complaints.Add($"{name}the blocks have {sheet.Blocks.Sum(b => b.Budget)} s");
        var start = 0;
        foreach (var block in sheet.Blocks)
        {
            if (block.Start != start)
                complaints.Add($"{name}{block.Id} starts at {block.Start} s instead of {start} s");
            start += block.Budget;
            var reading = block.Statements.Sum(s => Words(s.Script)) * 60.0 / 150;
            if (reading > block.Budget + 0.001)
                complaints.Add($"{name}{block.Id} reads in {reading:0.0} s of {block.Budget} s");
            if (!block.Statements.Any())
                complaints.Add($"{name}{block.Id} is empty");
        }

        var total = sheet.Blocks.SelectMany(b => b.Statements).Sum(s => Words(s.Script)) * 60.0 / 150;
        if (sheet.Minutes == 5 && total is < 255 or > 345)
            complaints.Add($"{name}the short form reads in {total:0} s");
    }

    private RecordLines File(StatementOrigin origin)
    {
        if (!_files.TryGetValue((origin.Noun, origin.Slug), out var lines))
            _files[(origin.Noun, origin.Slug)] = lines = new RecordLines(library.Records.Find(origin.Noun, origin.Slug)?.Content ?? "");
        return lines;
    }
}
