using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Web.Submissions;

/// <summary>What the form calls its fields, and how it asks for them.</summary>
internal static class FieldWords
{
    /// <summary>Up to so many words of a vocabulary are offered as a list to choose from; more as suggestions while typing.</summary>
    public const int MostChoices = 40;

    public static string Label(string key) => key switch
    {
        RecordForm.OneLine => "In one sentence",
        RecordForm.Slug => "Address",
        RecordForm.Extra => "Keys that the format does not know",
        RecordForm.Other => "Headings of your own",
        "at" => "Time",
        "as_stated" => "In the words of the source",
        "what_happened" => "What happened here",
        "would_have" => "What it would have changed",
        "marks" => "Marks",
        "source" => "Source ids",
        "text" => "What it did here",
        "about" => "What it does, in one line",
        "say_as" => "How to say it",
        "cost_insights" => "What things cost or saved",
        "as_of" => "When it held",
        "same_as" => "The same in other catalogues",
        "usd" => "In US dollars",
        "url" => "Address (URL)",
        "archive_url" => "Archived copy (URL)",
        "read" => "How far you read it",
        _ when key.StartsWith("sections.", StringComparison.Ordinal) => NounFormat.HeadingOf(key["sections.".Length..])!.Heading,
        _ => char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' '),
    };

    /// <summary>What a field is called where it stands: parts of rows by the part of the record they belong to.</summary>
    public static string LabelAt(string name, string key, Noun noun = Noun.Incident)
    {
        var end = name.IndexOf('[', StringComparison.Ordinal);
        return (end < 0 ? "" : name[..end], key) switch
        {
            ("sources", "key") => "Short id",
            ("key_patterns", "text") => "How the company uses it",
            ("scale_metrics", "text") => "The figure with its unit",
            ("cost_insights", "text") => "What it cost or saved",
            ("related", "key") => "Pattern",
            ("related", "value") => "Relation",
            ("incidents", "key") => "Record",
            ("incidents", "value") => "Role",
            ("patterns", "value") when noun == Noun.Episode => "Time mark, or - for none",
            ("companies", "key") => "Company",
            ("causes", "key") => "Cause",
            ("patterns", "key") => "Pattern",
            ("episodes", "key") => "Episode",
            ("same_as", "key") => "Catalogue",
            (RecordForm.Other, "key") => "Heading",
            ("companies", "value") => "Its part",
            ("causes" or "episodes", "value") => "Role",
            ("patterns", "value") => "Relation",
            ("same_as", "value") => "Entry",
            (RecordForm.Timeline or RecordForm.Other, "text") => "Text",
            ("metrics", "value") => "Value",
            _ => Label(key),
        };
    }

    /// <summary>What one row is called on its buttons.</summary>
    public static string Row(string root) => root switch
    {
        "companies" => "company",
        "same_as" => "entry",
        "related" => "pattern",
        "incidents" => "record",
        "key_patterns" => "key pattern",
        "scale_metrics" => "figure",
        "cost_insights" => "line",
        RecordForm.Timeline => "event",
        RecordForm.Other => "heading",
        _ => root.TrimEnd('s'),
    };

    public static int Rows(string name) => name switch
    {
        RecordForm.OneLine => 2,
        "sections.summary" => 9,
        "sections.hook" or "about" => 2,
        _ when name.StartsWith("sections.", StringComparison.Ordinal) => 5,
        _ when name.EndsWith(".text", StringComparison.Ordinal) && name.StartsWith(RecordForm.Timeline, StringComparison.Ordinal) => 2,
        _ when name.EndsWith(".text", StringComparison.Ordinal) || name.EndsWith(".what_happened", StringComparison.Ordinal) || name.EndsWith(".would_have", StringComparison.Ordinal) || name.EndsWith(RecordForm.Extra, StringComparison.Ordinal) => 4,
        _ => 1,
    };

    /// <summary>The vocabulary or list that a field suggests from, and the id of its list in the page.</summary>
    public static string? Suggestions(FieldShape shape) => shape switch
    {
        FieldShape.Word word => $"words-{word.Vocabulary}",
        FieldShape.Reference { Noun: Noun.Company } => "names-companies",
        FieldShape.Reference { Noun: Noun.Pattern } => "names-patterns",
        FieldShape.Reference { Noun: Noun.Episode } => "names-episodes",
        _ => null,
    };
}
