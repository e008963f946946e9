using System.Text.Json.Serialization;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>
/// What a host reads from, as data: blocks with a time budget, filled with statements that come from records. Every medium (page, print,
/// teleprompter, Markdown, Word, JSON) is a rendering of this one object, and none adds a sentence to it.
/// </summary>
public sealed record PrepSheet
{
    public required string Title { get; init; }

    /// <summary>The story in one line, below the title; not part of the script.</summary>
    public required PrepStatement? Standfirst { get; init; }

    /// <summary>The length it was made for: 5, 20, 60 or 150.</summary>
    public required int Minutes { get; init; }

    /// <summary>The zone in which times of day stand: <c>record</c> for each record's own, else an IANA name.</summary>
    public required string Clock { get; init; }

    public required SheetEpisode? Episode { get; init; }

    /// <summary>The records that the sheet tells or draws on, with the revision it was made from.</summary>
    public required IReadOnlyList<SheetRecord> Records { get; init; }

    /// <summary>The figures of the told records, for speech and exactly.</summary>
    public required IReadOnlyList<FigureToSay> Figures { get; init; }

    public required IReadOnlyList<PrepBlock> Blocks { get; init; }

    /// <summary>Where sources disagree, as far as the script has no room for it: to be read before a figure is said.</summary>
    public required IReadOnlyList<PrepStatement> Disputes { get; init; }

    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public required IReadOnlyList<SheetSource> Sources { get; init; }

    /// <summary>How the sheet came about where that needs saying, e.g. which records were chosen for an episode that names none.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Every statement on the sheet, in its order.</summary>
    [JsonIgnore]
    public IEnumerable<PrepStatement> Statements =>
        (Standfirst is null ? [] : new[] { Standfirst }).Concat(Blocks.SelectMany(b => b.Statements)).Concat(Disputes);

    public double ReadingSeconds => Blocks.Sum(b => b.ReadingSeconds);

    public int Count(StatementKind kind) => Statements.Count(s => s.Kind == kind);
}

/// <summary>The episode that a sheet is for.</summary>
public sealed record SheetEpisode(string Slug, string Title, string Series, string? Number);

/// <summary>A record behind a sheet.</summary>
/// <param name="Role">main, cold_open or example for a told record; contrast or elsewhere for one that it is held against.</param>
/// <param name="Hash">Of the record's text: shows whether it changed since.</param>
public sealed record SheetRecord(string Slug, string Title, string Role, int Revision, string Hash)
{
    /// <summary>How the sheet calls it for short: “Knight Capital, 2012”.</summary>
    public required string Name { get; init; }

    [JsonIgnore]
    public bool IsTold => Role is not ("contrast" or "elsewhere");
}

/// <summary>A figure with its form for speech.</summary>
/// <param name="Say">“four hundred and sixty million dollars”.</param>
/// <param name="Exactly">As the record has it.</param>
/// <param name="What">What it measures.</param>
public sealed record FigureToSay(string Record, string Say, string Exactly, string What, IReadOnlyList<int> Sources);

/// <summary>A stretch of the episode with its own time.</summary>
public sealed record PrepBlock
{
    /// <summary>cold_open, stakes, theory, story, causes, patterns, lessons or hook.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Seconds from the beginning.</summary>
    public required int Start { get; init; }

    /// <summary>Seconds it may take; what it prints never takes longer to read.</summary>
    public required int Budget { get; init; }

    public required IReadOnlyList<PrepPart> Parts { get; init; }

    /// <summary>Questions, talking points and checks for the air time.</summary>
    public required IReadOnlyList<PrepPart> Prompts { get; init; }

    /// <summary>The host's own note; never on a sheet that comes from records alone.</summary>
    public string? Note { get; init; }

    [JsonIgnore]
    public IEnumerable<PrepStatement> Statements => Parts.Concat(Prompts).SelectMany(p => p.Statements);

    /// <summary>To read everything in it aloud at <see cref="Pace.WordsAMinute"/>.</summary>
    public double ReadingSeconds => Statements.Sum(s => s.Seconds);

    /// <summary>What is left for talk.</summary>
    public double AirSeconds => Budget - ReadingSeconds;
}

/// <summary>How the statements of a part stand: it decides the look, not the words.</summary>
public enum PartForm
{
    /// <summary>Sentences in paragraphs.</summary>
    Prose,

    /// <summary>Events with their times.</summary>
    Beats,

    /// <summary>One statement a line.</summary>
    List,

    /// <summary>Each statement under its label.</summary>
    Terms,

    /// <summary>Words of others with their speakers.</summary>
    Quotes,
}

/// <summary>Statements of one kind of thing under a heading, within a block.</summary>
public sealed record PrepPart
{
    /// <summary>Empty where the block's title says enough.</summary>
    public required string Heading { get; init; }

    public required PartForm Form { get; init; }

    /// <summary>Slug of the record it tells; null where it draws on several.</summary>
    public string? Record { get; init; }

    public required IReadOnlyList<PrepStatement> Statements { get; init; }
}

/// <summary>The three kinds of sentence, told apart on every medium.</summary>
public enum StatementKind
{
    /// <summary>A source is shown behind it.</summary>
    Cited,

    /// <summary>Nothing on file supports it: it is marked, and not to be said as fact.</summary>
    Unsourced,

    /// <summary>Hook, question, analogy, talking point, advice and our own connecting words: the host's to change.</summary>
    Craft,
}

/// <summary>What a statement comes from.</summary>
/// <param name="Anchor">The place on the record's page; empty for the page.</param>
/// <param name="Path">The field of the record, e.g. <c>sections.stakes</c> or <c>timeline</c>; <c>composed</c> for words of ours around its values.</param>
public sealed record StatementOrigin(Noun Noun, string Slug, string Anchor, string Path)
{
    public const string Composed = "composed";

    public string Url => Noun switch
    {
        Noun.Pattern => $"/patterns/{Slug}",
        Noun.Company => $"/companies/{Slug}",
        Noun.Episode => $"/episodes/{Slug}",
        Noun.Vocabulary => $"/laws/{Slug}",
        _ => $"/incidents/{Slug}",
    } + (Anchor.Length > 0 ? "#" + Anchor : "");
}

/// <summary>A source as a record names it: whose source list, and its id there.</summary>
public sealed record SourceRef(Noun Noun, string Slug, string Id);

/// <summary>One thing to say: a sentence, or the sentences that share a citation, whole as the record has them.</summary>
public sealed record PrepStatement
{
    /// <summary>Stays when the record is edited elsewhere: a host's copy finds the statement by it.</summary>
    public required string Id { get; init; }

    public required StatementKind Kind { get; init; }

    /// <summary>As the record has it, without markup and citations.</summary>
    public required string Text { get; init; }

    /// <summary>As it is read aloud: figures in words.</summary>
    public required string Spoken { get; init; }

    /// <summary>The figures behind the spoken words that are worth seeing.</summary>
    public required IReadOnlyList<string> Exact { get; init; }

    public required StatementOrigin Origin { get; init; }

    /// <summary>What stands before it: a time, a term, a speaker, an audience, a pattern.</summary>
    public string? Label { get; init; }

    /// <summary>The second line of the label: the time of day, the place in the source.</summary>
    public string? SubLabel { get; init; }

    /// <summary>The label as it is read aloud; null where it is not.</summary>
    public string? SpokenLabel { get; init; }

    [JsonIgnore]
    public IReadOnlyList<SourceRef> Refs { get; init; } = [];

    /// <summary>Numbers in the sheet's list of sources.</summary>
    public IReadOnlyList<int> Sources { get; init; } = [];

    /// <summary>True for a fact that rests only on sources that nobody opened.</summary>
    public bool Unverified { get; init; }

    public bool TurningPoint { get; init; }

    /// <summary>Of an event: its place in the timeline.</summary>
    [JsonIgnore]
    public int Place { get; init; }

    /// <summary>True where a new paragraph begins.</summary>
    [JsonIgnore]
    public bool Begins { get; init; }

    /// <summary>The sum behind a worked formula.</summary>
    public Worked? Worked { get; init; }

    /// <summary>The record's words, where a host put others in their place.</summary>
    public string? EditedFrom { get; init; }

    /// <summary>For the eye alone: how a name is said.</summary>
    public bool Silent { get; init; }

    /// <summary>To read it aloud, its label included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Everything that is read aloud of it.</summary>
    [JsonIgnore]
    public string Script => Silent ? "" : SpokenLabel is { } label ? $"{label} {Spoken}" : Spoken;
}

/// <summary>A formula with the record's numbers in it.</summary>
/// <param name="Formula">Slug of the formula.</param>
/// <param name="Expression">As it is written: <c>L = λ · W</c>.</param>
/// <param name="Inputs">The values that came from the record, with their sources.</param>
/// <param name="Constants">What the formula itself brings, e.g. the hours of a year.</param>
/// <param name="Results">What came out, as printed.</param>
public sealed record Worked(string Formula, string Expression, IReadOnlyList<WorkedInput> Inputs, IReadOnlyList<string> Constants, IReadOnlyList<string> Results);

/// <param name="Value">In the unit of the formula, e.g. minutes or dollars.</param>
public sealed record WorkedInput(string Name, string Exact, decimal Value, IReadOnlyList<int> Sources)
{
    [JsonIgnore]
    public IReadOnlyList<SourceRef> Refs { get; init; } = [];
}

/// <summary>Something that a told record holds and the sheet does not.</summary>
/// <param name="What">“events of the timeline”, “Background”.</param>
public sealed record LeftOut(string Record, string Title, string What, string Anchor, int Statements, double Seconds);

/// <summary>A source with its number on this sheet.</summary>
public sealed record SheetSource(int Number, string Record, Source Source);

/// <summary>How fast a host reads.</summary>
public static class Pace
{
    public const int WordsAMinute = 150;

    /// <summary>Seconds to read a text aloud.</summary>
    public static double Of(string spoken) => Words(spoken) * 60.0 / WordsAMinute;

    /// <summary>Words as they are counted everywhere: stretches between blanks that hold a letter or a digit.</summary>
    public static int Words(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
                inWord = false;
            else if (!inWord && char.IsLetterOrDigit(c))
                (inWord, count) = (true, count + 1);
        }

        return count;
    }
}
