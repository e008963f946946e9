using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>
/// What a host made of a sheet: the order of its blocks, what is left out and taken in, sentences in other words, private notes. It holds no sentence of the
/// record but those that were changed, so it is a small file, and a sheet made with it shows what the records say today.
/// </summary>
public sealed record HostCopy
{
    public const string FormatName = "incidentdb-prep-copy-1";

    /// <summary>A copy of the largest sheet with every sentence rewritten stays far below it.</summary>
    public const int MostBytes = 1_000_000;

    private const int LongestText = 4_000;
    private const int MostEntries = 5_000;

    /// <summary>More records than any sheet speaks of; a hostile file may name thousands, and each is looked up.</summary>
    private const int MostNames = 200;

    public string Format { get; init; } = FormatName;

    public string? Episode { get; init; }

    public IReadOnlyList<string> Incidents { get; init; } = [];

    public int Minutes { get; init; } = RunDown.DefaultMinutes;

    public string Clock { get; init; } = HostClock.OfRecord;

    /// <summary>The host's title; null for that of the sheet.</summary>
    public string? Title { get; init; }

    /// <summary>The records as they were when the copy was made.</summary>
    public IReadOnlyList<CopiedRecord> Records { get; init; } = [];

    /// <summary>Ids of blocks; those that it does not name keep their place after them.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Ids of statements that the host leaves out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Ids of events that the host takes in beside those that fit the time.</summary>
    public IReadOnlyList<string> TakenIn { get; init; } = [];

    public IReadOnlyList<CopyEdit> Edits { get; init; } = [];

    public IReadOnlyList<CopyNote> Notes { get; init; } = [];

    /// <summary>A short hash of each statement's text when the copy was made, by its id.</summary>
    public IReadOnlyDictionary<string, string> Seen { get; init; } = new Dictionary<string, string>();

    /// <summary>A copy of a sheet as it is now, with nothing changed.</summary>
    public static HostCopy Of(PrepRequest request, PrepSheet sheet) => new HostCopy
    {
        Episode = request.Episode,
        Incidents = request.Incidents,
        Minutes = request.Minutes,
        Clock = request.Clock.Name,
        Order = [.. sheet.Blocks.Select(b => b.Id)],
    }.WithStateOf(sheet);

    /// <summary>The same copy, with the records of today as those that it was made from.</summary>
    public HostCopy WithStateOf(PrepSheet sheet) => this with
    {
        Records = [.. sheet.Records.Where(r => r.IsTold).Select(r => new CopiedRecord(r.Slug, r.Revision, r.Hash))],
        Seen = sheet.Statements.DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => HashOf(s.EditedFrom ?? s.Text), StringComparer.Ordinal),
    };

    /// <summary>Names that records had when the copy was made, with those that they have today; only of records that were renamed or merged since.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The same copy under today's names of its records and its episode, so that what a host made of a sentence stays with the sentence. <see cref="Records"/>
    /// keeps the old names until the host takes the records as they are now: that is how the sheet can say that one was renamed.
    /// </summary>
    public HostCopy WithTodaysNames(KnowledgeBase library)
    {
        var ids = LeftOut.Concat(TakenIn).Concat(Edits.Select(e => e.Id)).Concat(Seen.Keys);
        var renamed = Incidents.Concat(Records.Select(r => r.Slug)).Concat(ids.Select(RecordOf)).Distinct(StringComparer.Ordinal).Take(MostNames)
            .Select(was => (was, now: library.Records.Redirect(Noun.Incident, was))).Where(n => n.now is not null).ToDictionary(n => n.was, n => n.now!, StringComparer.Ordinal);
        var copy = this with { Episode = Episode is { } e ? library.Catalogue.Resolve(Noun.Episode, e) ?? e : null, Renamed = renamed };
        return renamed.Count == 0 ? copy : copy with
        {
            Incidents = [.. Incidents.Select(copy.NameNow).Distinct(StringComparer.Ordinal)],
            LeftOut = [.. LeftOut.Select(copy.IdNow)],
            TakenIn = [.. TakenIn.Select(copy.IdNow)],
            Edits = [.. Edits.Select(edit => edit with { Id = copy.IdNow(edit.Id) })],
            Seen = Seen.Select(s => KeyValuePair.Create(copy.IdNow(s.Key), s.Value)).DistinctBy(s => s.Key).ToDictionary(StringComparer.Ordinal),
        };
    }

    internal string NameNow(string slug) => Renamed.GetValueOrDefault(slug, slug);

    /// <summary>The id of a statement begins with its record.</summary>
    private string IdNow(string id) => NameNow(RecordOf(id)) + id[RecordOf(id).Length..];

    private static string RecordOf(string id) => id.IndexOf('/') is var at and >= 0 ? id[..at] : id;

    [JsonIgnore]
    public PrepRequest Request => new() { Episode = Episode, Incidents = Incidents, Minutes = Minutes, Clock = HostClock.Find(Clock) ?? HostClock.Record };

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    public byte[] Write() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, HostCopyJson.Default.HostCopy) + "\n");

    /// <summary>Reads a copy that somebody sends.</summary>
    /// <returns>The copy, or a sentence that says what is wrong with it.</returns>
    public static (HostCopy? Copy, string? Problem) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > MostBytes)
            return (null, "The file is larger than any copy of a prep sheet.");
        HostCopy? copy;
        try
        {
            copy = JsonSerializer.Deserialize(file, HostCopyJson.Default.HostCopy);
        }
        catch (JsonException)
        {
            return (null, "The file is no copy of a prep sheet: it can’t be read as one. Choose the file that “Download the copy” gave.");
        }

        if (copy is not { Format: FormatName })
            return (null, "The file is no copy of a prep sheet, or one of another version.");
        if (Broken(copy) is { } problem)
            return (null, problem);
        return (copy, null);
    }

    private static string? Broken(HostCopy c)
    {
        if (!RunDown.Lengths.Contains(c.Minutes))
            return $"minutes: the copy is {c.Minutes} minutes long; a sheet has {string.Join(", ", RunDown.Lengths)}.";
        if (HostClock.Find(c.Clock) is null)
            return "clock: the copy names a time zone that does not exist.";
        // A file may say null where a list belongs.
        object?[] lists = [c.Incidents, c.Records, c.Order, c.LeftOut, c.TakenIn, c.Edits, c.Notes, c.Seen];
        if (lists.Any(l => l is null))
            return "The file is no copy of a prep sheet: one of its lists is missing.";
        if (c.Episode is null && c.Incidents.Count == 0)
            return "The copy names neither an episode nor a record.";
        if (c.Incidents.Count > PrepStore.MostRecords)
            return $"incidents: a sheet tells at most {PrepStore.MostRecords} records.";
        if (new[] { c.Order.Count, c.LeftOut.Count, c.TakenIn.Count, c.Edits.Count, c.Notes.Count, c.Seen.Count, c.Records.Count }.Any(n => n > MostEntries))
            return "The copy holds more entries than any sheet has.";
        var texts = c.Incidents.Concat(c.Order).Concat(c.LeftOut).Concat(c.TakenIn).Concat(c.Seen.Values)
            .Concat(c.Records.SelectMany(r => new[] { r?.Slug, r?.Hash })).Concat(c.Edits.SelectMany(e => new[] { e?.Id, e?.From, e?.Text })).Concat(c.Notes.SelectMany(n => new[] { n?.Block, n?.Text })).ToList();
        if (texts.Contains(null))
            return "The file is no copy of a prep sheet: an entry is empty.";
        return texts.Append(c.Title).Any(t => t?.Length > LongestText) ? $"A text of the copy is longer than {LongestText} characters." : null;
    }
}

/// <param name="Hash">Of the record's text.</param>
public sealed record CopiedRecord(string Slug, int Revision, string Hash);

/// <param name="Id">Of the statement.</param>
/// <param name="From">The record's words when it was edited.</param>
public sealed record CopyEdit(string Id, string From, string Text);

/// <param name="Block">Id of the block; <c>sheet</c> for a note to all of it.</param>
public sealed record CopyNote(string Block, string Text);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, MaxDepth = 8)]
[JsonSerializable(typeof(HostCopy))]
internal sealed partial class HostCopyJson : JsonSerializerContext;
