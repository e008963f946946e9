using System.Text;
using System.Text.Json.Nodes;
using IncidentDb.Records;

namespace IncidentDb.Episodes;

/// <summary>An episode of the show, planned or published.</summary>
public sealed record Episode : RecordPart
{
    public string Slug { get; init; } = "";

    public string Series { get; init; } = "";

    /// <summary>The number within the series; it may collide, the slug is the key.</summary>
    public string? Number { get; init; }

    public string Title { get; init; } = "";

    public string? Format { get; init; }

    public string Status { get; init; } = "";

    public CitedWhen? AirDate { get; init; }

    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>Record slug and role (cold_open, main, example).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Incidents { get; init; } = [];

    /// <summary>Pattern slug and the time mark at which it is told; empty where it has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Patterns { get; init; } = [];

    public IReadOnlyList<string> Companies { get; init; } = [];

    public IReadOnlyList<string> Laws { get; init; } = [];

    public IReadOnlyList<string> ContentSources { get; init; } = [];

    public IReadOnlyList<string> LearningObjectives { get; init; } = [];

    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    /// <summary>What the episode is about, in one line.</summary>
    public string OneLine { get; init; } = "";

    /// <summary>The notes, and what stands under headings that the format does not know.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>Markdown.</summary>
    public string? Notes => Sections.FirstOrDefault(s => s.Id == "notes")?.Markdown;
}

/// <summary>A stretch of an episode.</summary>
public sealed record Segment : RecordPart
{
    /// <summary>Minutes and seconds from the beginning: <c>5:00</c>.</summary>
    public string Start { get; init; } = "";

    public string Title { get; init; } = "";
}

/// <summary>Reads and writes <c>data/episodes/*.md</c>.</summary>
public static class EpisodeFile
{
    public static readonly IReadOnlyList<SectionHeading> Headings = [new("notes", "Notes", "What the host wants to remember.")];

    public static readonly Rule BadMark = new("time-mark", ProblemLevel.Error, "A time mark is minutes and seconds from the beginning, 5:00 or 1:05:00.");

    private static readonly IReadOnlyList<Field<Segment>> _segment =
    [
        Fields.Of<Segment, string>("start", Codecs.Text, s => s.Start, (s, v) => s with { Start = v }, "Minutes and seconds from the beginning.", required: true),
        Fields.Of<Segment, string>("title", Codecs.Text, s => s.Title, (s, v) => s with { Title = v }, "What it is.", required: true),
    ];

    public static readonly IReadOnlyList<Field<Episode>> All =
    [
        Fields.Of<Episode, string>("series", Codecs.Word("series"), e => e.Series, (e, v) => e with { Series = v }, "The series it belongs to.", required: true),
        Fields.Of<Episode, string>("number", Codecs.Text, e => e.Number, (e, v) => e with { Number = v }, "Its number within the series."),
        Fields.Of<Episode, string>("title", Codecs.Text, e => e.Title, (e, v) => e with { Title = v }, "Its title.", required: true),
        Fields.Of<Episode, string>("format", Codecs.Word("episode_formats"), e => e.Format, (e, v) => e with { Format = v }, "How long and of what build it is."),
        Fields.Of<Episode, string>("status", Codecs.Word("episode_status"), e => e.Status, (e, v) => e with { Status = v }, "How far it is.", required: true),
        Fields.Of<Episode, CitedWhen>("air_date", Codecs.When, e => e.AirDate, (e, v) => e with { AirDate = v }, "When it was or will be published."),
        Fields.Of<Episode, IReadOnlyList<Segment>>("segments", Codecs.List(Codecs.Part(new Segment(), _segment, "segment")), e => e.Segments, (e, v) => e with { Segments = v }, "Its parts."),
        Fields.Of<Episode, IReadOnlyList<KeyValuePair<string, string>>>("incidents", Codecs.Map(Codecs.Reference(Noun.Incident), Codecs.Word("episode_roles")), e => e.Incidents, (e, v) => e with { Incidents = v }, "The records it tells, and as what."),
        Fields.Of<Episode, IReadOnlyList<KeyValuePair<string, string>>>("patterns", new MarkedPatternsCodec(), e => e.Patterns, (e, v) => e with { Patterns = v }, "The patterns it tells, with time marks where they are known."),
        Fields.Of<Episode, IReadOnlyList<string>>("companies", Codecs.List(Codecs.Reference(Noun.Company)), e => e.Companies, (e, v) => e with { Companies = v }, "The companies it tells of."),
        Fields.Of<Episode, IReadOnlyList<string>>("laws", Codecs.List(Codecs.Word("laws")), e => e.Laws, (e, v) => e with { Laws = v }, "The laws it rests on."),
        Fields.Of<Episode, IReadOnlyList<string>>("content_sources", Codecs.List(Codecs.Text), e => e.ContentSources, (e, v) => e with { ContentSources = v }, "Where its material comes from."),
        Fields.Of<Episode, IReadOnlyList<string>>("learning_objectives", Codecs.List(Codecs.Text), e => e.LearningObjectives, (e, v) => e with { LearningObjectives = v }, "What a listener knows afterwards."),
        Fields.Of<Episode, IReadOnlyList<string>>("former_slugs", Codecs.List(Codecs.Slug), e => e.FormerSlugs, (e, v) => e with { FormerSlugs = v }, "Former addresses; they lead here."),
    ];

    public static ReadResult<Episode> Read(string slug, string text, ReadContext context)
    {
        Episode? episode = null;
        if (RecordText.Parse(text, context) is { } parts)
        {
            Fields.Read(All, parts.FrontMatter, new Episode { Slug = slug }, context, "", out episode);
            episode = episode with { OneLine = parts.Lead.Body.Trim(), Sections = MarkdownSections.Read(parts.Sections, Headings, context) };
            foreach (var (segment, i) in episode.Segments.Select((s, n) => (s, n)))
            {
                if (TimeMark(segment.Start) is null)
                    context.Report(BadMark, context.Lines[$"segments[{i}]"], $"segments[{i}].start", $"“{segment.Start}” is no time mark; write minutes and seconds, for example 5:00.");
            }
        }

        return new ReadResult<Episode> { Record = episode, Problems = context.Problems, Lines = context.Lines };
    }

    /// <summary><c>5:00</c> or <c>1:05:00</c> as a length of time, or null.</summary>
    public static TimeSpan? TimeMark(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts.Any(p => p.Length is 0 or > 3 || !p.All(char.IsAsciiDigit)))
            return null;
        var numbers = parts.Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        if (numbers.Skip(1).Any(n => n > 59))
            return null;
        return numbers.Count == 2 ? new TimeSpan(0, numbers[0], numbers[1]) : new TimeSpan(numbers[0], numbers[1], numbers[2]);
    }

    public static string Write(Episode episode)
    {
        var file = new StringBuilder("---\n").Append(YamlWriter.Write(Fields.Write(All, episode))).Append("---\n");
        if (episode.OneLine.Length > 0)
            file.Append(RecordText.Tidy(episode.OneLine)).Append('\n');
        MarkdownSections.Write(file, episode.Sections);
        return file.ToString();
    }

    /// <summary>A list of patterns, or a mapping of patterns to time marks.</summary>
    private sealed class MarkedPatternsCodec : Codec<IReadOnlyList<KeyValuePair<string, string>>>
    {
        private static readonly Codec<IReadOnlyList<string>> _plain = Codecs.List(Codecs.Reference(Noun.Pattern));
        private static readonly Codec<IReadOnlyList<KeyValuePair<string, string>>> _marked = Codecs.Map(Codecs.Reference(Noun.Pattern), Codecs.Text);

        public override string Kind => "list of pattern slugs, or mapping of pattern to time mark";

        public override FieldShape Shape => ((FieldShape.Map)_marked.Shape) with { Usual = "-" };

        public override bool TryRead(YamlNode node, ReadContext context, string path, out IReadOnlyList<KeyValuePair<string, string>> value)
        {
            if (node is not YamlMap)
            {
                var read = _plain.TryRead(node, context, path, out var slugs);
                value = [.. slugs.Select(s => KeyValuePair.Create(s, ""))];
                return read;
            }

            if (!_marked.TryRead(node, context, path, out value))
                return false;
            foreach (var mark in value.Where(m => m.Value != "-" && TimeMark(m.Value) is null))
                context.Report(BadMark, node.Line, path, $"“{mark.Value}” is no time mark; write minutes and seconds, for example 12:30, or - for none.");
            value = [.. value.Select(m => m.Value == "-" ? KeyValuePair.Create(m.Key, "") : m)];
            return true;
        }

        public override YamlNode Write(IReadOnlyList<KeyValuePair<string, string>> value) =>
            value.All(p => p.Value.Length == 0)
                ? _plain.Write([.. value.Select(p => p.Key)])
                : _marked.Write([.. value.Select(p => KeyValuePair.Create(p.Key, p.Value.Length == 0 ? "-" : p.Value))]);

        public override JsonObject Schema(VocabularySchema words) => new() { ["anyOf"] = new JsonArray(_plain.Schema(words), _marked.Schema(words)) };
    }
}
