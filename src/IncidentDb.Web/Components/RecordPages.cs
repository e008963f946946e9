using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Web.Components;

/// <summary>The pages of records, noun by noun: where they are, and what the records are called.</summary>
internal static class RecordPages
{
    /// <summary>The address of a record's page.</summary>
    public static string Url(Noun noun, string? slug) => $"{List(noun)}/{slug}";

    /// <summary>The address of the noun's list.</summary>
    public static string List(Noun noun) => $"/{DataFolder.FolderOf(noun)}";

    /// <summary>What the list is called.</summary>
    public static string Plural(Noun noun) => Capital.Of(DataFolder.FolderOf(noun));

    /// <summary>What a record of it is called in a sentence.</summary>
    public static string One(Noun noun) => noun == Noun.Incident ? "record" : History.ChangeLog.NameOf(noun);

    /// <summary>What the link to its form is called.</summary>
    public static string Edit(Noun noun) => noun == Noun.Incident ? "Suggest an edit" : "Suggest a correction";

    /// <summary>The noun whose page is asked for, by the first part of its address.</summary>
    public static Noun NounOf(HttpContext context) => DataFolder.NounOf(context.Request.Path.Value!.Split('/')[1].ToLowerInvariant()) ?? Noun.Incident;

    /// <summary>What a published record is called, or null when there is none.</summary>
    public static string? Title(KnowledgeBase library, Noun noun, string slug) => noun switch
    {
        Noun.Company => library.Catalogue.Company(slug)?.Name,
        Noun.Pattern => library.Catalogue.Pattern(slug)?.Name,
        Noun.Episode => library.Catalogue.Episode(slug)?.Title,
        _ => library.Incidents.BySlug([slug]) is [var incident] ? incident.Title : null,
    };

    /// <summary>The slug that an alias, a former slug or other letters lead to, or null.</summary>
    public static string? Now(KnowledgeBase library, Noun noun, string slug) => noun == Noun.Incident ? library.Records.Meant(noun, slug) : library.Catalogue.Resolve(noun, slug) is { } now && now != slug ? now : null;
}
