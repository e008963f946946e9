using System.Globalization;
using IncidentDb.Episodes;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>Which sheet is wanted. Its addresses are contracts: <c>/episodes/{slug}/prep?minutes=</c> and <c>/prep?incident=a&amp;incident=b&amp;minutes=</c>.</summary>
public sealed record PrepRequest
{
    /// <summary>Slug of the episode; null for a set of records.</summary>
    public string? Episode { get; init; }

    /// <summary>Slugs of the records, in the order of telling; empty for an episode.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    public int Minutes { get; init; } = RunDown.DefaultMinutes;

    public HostClock Clock { get; init; } = HostClock.Record;

    /// <summary>Reads the parameters of an address. What can't be used becomes a notice, never an error.</summary>
    public static PrepRequest Parse(string? episode, IEnumerable<KeyValuePair<string, string>> parameters, List<string> notices)
    {
        var request = new PrepRequest { Episode = episode };
        var incidents = new List<string>();
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "incident" when episode is null:
                    var slug = Slug.OfAddress(value);
                    if (slug.Length > 0 && !incidents.Contains(slug))
                        incidents.Add(slug);
                    break;
                case "minutes":
                    if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && RunDown.Lengths.Contains(minutes))
                        request = request with { Minutes = minutes };
                    else
                        notices.Add($"“{value}” is no length of a sheet; there are {string.Join(", ", RunDown.Lengths)} minutes. This one has {request.Minutes}.");
                    break;
                case "clock":
                    if (HostClock.Find(value) is { } clock)
                        request = request with { Clock = clock };
                    else
                        notices.Add($"“{value}” is no time zone; write one such as Europe/London. The times stand as the records have them.");
                    break;
                default:
                    notices.Add($"“{name}” is no parameter of a prep sheet and was left out.");
                    break;
            }
        }

        if (incidents.Count > PrepStore.MostRecords)
        {
            notices.Add($"A sheet tells at most {PrepStore.MostRecords} records; these were left out: {string.Join(", ", incidents.Skip(PrepStore.MostRecords))}.");
            incidents = incidents[..PrepStore.MostRecords];
        }

        return request with { Incidents = incidents };
    }

    /// <summary>The sheet, or null when neither the episode nor any of the records exists.</summary>
    public PrepSheet? Compose(KnowledgeBase library, List<string>? notices = null) =>
        Material(library, notices) is { } material ? PrepSheetBuilder.Build(material, Minutes, Clock) : null;

    /// <summary>The sheet that a host's copy is of, with the copy applied; null when what it names is gone.</summary>
    public static CopiedSheet? Compose(KnowledgeBase library, HostCopy copy, List<string>? notices = null)
    {
        copy = copy.WithTodaysNames(library);
        return copy.Request.Material(library, notices) is { } material ? PrepSheetBuilder.Build(material, copy) : null;
    }

    /// <summary>What the sheet is composed from. A former slug stands for the record it leads to; one that leads nowhere becomes a notice.</summary>
    public PrepMaterial? Material(KnowledgeBase library, List<string>? notices = null)
    {
        var catalogue = library.Catalogue;
        if (Episode is { } slug)
            return catalogue.Episode(slug) is { } episode ? library.Prep.ForEpisode(episode, EpisodeRecords.Of(library, episode), catalogue) : null;
        var found = Incidents.Select(i => library.Records.Meant(Noun.Incident, i) ?? i).Distinct(StringComparer.Ordinal).ToList();
        var material = library.Prep.ForIncidents(found, catalogue);
        foreach (var missing in found.Where(f => material?.Told.All(t => t.Record.Incident.Slug != f) ?? true))
            notices?.Add($"There is no record “{missing}”.");
        return material;
    }

    /// <summary>What the sheet is of, as a word to compare: the same for every length and clock, for records in any order, and for former names.</summary>
    public string Subject(KnowledgeBase library) => Episode is { } slug
        ? $"episode {library.Catalogue.Resolve(Noun.Episode, slug) ?? slug}"
        : string.Join(' ', Incidents.Select(i => library.Records.Meant(Noun.Incident, i) ?? i).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>The address of the sheet, or of one of its forms: <c>.md</c>, <c>.docx</c>, <c>.json</c>, <c>/prompter</c>, <c>/copy</c>, <c>/notes.md</c>.</summary>
    public string Url(string form = "", int? minutes = null)
    {
        var parameters = Incidents.Select(i => "incident=" + Uri.EscapeDataString(i))
            .Append("minutes=" + (minutes ?? Minutes).ToString(CultureInfo.InvariantCulture));
        if (Clock.Name != HostClock.OfRecord)
            parameters = parameters.Append("clock=" + Uri.EscapeDataString(Clock.Name));
        return $"{(Episode is { } slug ? $"/episodes/{slug}/prep" : "/prep")}{form}?{string.Join('&', parameters)}";
    }
}
