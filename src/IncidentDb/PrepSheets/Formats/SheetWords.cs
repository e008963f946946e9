using System.Globalization;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>The words around the statements, the same in every medium. None of them is read aloud, and none states a fact.</summary>
public static class SheetWords
{
    public const string Legend =
        "A number leads to the source. “unsourced” means that nothing on file supports the sentence: do not say it as fact. Italics are craft: ours or the record’s, and yours to change. Figures stand as they are said; what is in angle brackets is exact.";

    public const string AirHeading = "For the air time";

    public const string DisputesHeading = "Before you say a figure";

    public const string DisputesLead = "Sources disagree on these; the script has no room for it.";

    public const string Unsourced = "unsourced";

    public const string Unverified = "source not read";

    public const string TurningPoint = "turning point";

    public const string Edited = "the host’s words";

    /// <summary><c>0:50</c>, <c>1:05:00</c>.</summary>
    public static string Mark(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary><c>50 s</c>, <c>2 min</c>, <c>3 min 30 s</c>, <c>1 h 5 min</c>; seconds are dropped beyond ten minutes.</summary>
    public static string Length(double seconds)
    {
        var whole = (int)Math.Round(seconds);
        if (whole < 60)
            return string.Create(CultureInfo.InvariantCulture, $"{whole} s");
        var (minutes, rest) = (whole / 60, whole % 60);
        if (minutes >= 10)
            (minutes, rest) = ((int)Math.Round(whole / 60.0), 0);
        if (minutes >= 60)
            return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h{(minutes % 60 > 0 ? $" {minutes % 60} min" : "")}");
        return string.Create(CultureInfo.InvariantCulture, $"{minutes} min{(rest > 0 ? $" {rest} s" : "")}");
    }

    /// <summary><c>2 min; reads in 1 min 40 s, 20 s of air</c>.</summary>
    public static string Time(PrepBlock block) => block.AirSeconds < -0.5
        ? $"{Length(block.Budget)}; reads in {Length(block.ReadingSeconds)}, {Length(-block.AirSeconds)} too long"
        : block.AirSeconds < 1
        ? $"{Length(block.Budget)}; reads in {Length(block.ReadingSeconds)}"
        : $"{Length(block.Budget)}; reads in {Length(block.ReadingSeconds)}, {Length(block.AirSeconds)} of air";

    /// <summary>A source in one line, without its address: author, publisher, title, date.</summary>
    public static string Source(Source source) => string.Join(", ", new[]
    {
        source.Author is { } author ? author : null,
        $"“{source.Title}”",
        source.Publisher,
        source.Published is { } published ? WhenWords.Date(published.At) : null,
    }.OfType<string>());

    /// <summary><c>32 sentences: 22 cited, 7 craft, 3 unsourced.</c></summary>
    public static string Audit(PrepSheet sheet)
    {
        var total = sheet.Statements.Count();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{total} statements: {sheet.Count(StatementKind.Cited)} cited, {sheet.Count(StatementKind.Craft)} craft, {sheet.Count(StatementKind.Unsourced)} unsourced. Reads in {Length(sheet.ReadingSeconds)} of {Length(sheet.Minutes * 60)}.");
    }

    /// <summary>The record and its revision, for the line below the title.</summary>
    public static string Revision(SheetRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.Name}: record {record.Slug}, revision {record.Revision}");

    /// <summary>What was left out of one record, as an item of a list.</summary>
    public static string LeftOut(LeftOut left) => string.Create(CultureInfo.InvariantCulture, $"{left.What}: {left.Statements} {(left.Statements == 1 ? "statement" : "statements")}, {Length(left.Seconds)}");

    /// <summary>A source without its title: who, where, when.</summary>
    public static string Credit(Source source) => string.Join(", ", new[] { source.Author, source.Publisher, source.Published is { } published ? WhenWords.Date(published.At) : null }.OfType<string>());

    public static string Read(string? read) => read switch { "full" => "Read in full", "part" => "Read in part", _ => "Not read" };

    /// <summary>What a record does on the sheet.</summary>
    public static string Role(string role) => role switch
    {
        "main" => "told",
        "cold_open" => "told in the cold open",
        "example" => "told as an example",
        "contrast" => "held against it",
        _ => "where a pattern worked",
    };
}
