using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.PrepSheets;

/// <summary>What the blocks compose from: the material, the length, the clock, and the records to tell with their names.</summary>
internal sealed class Composition
{
    public Composition(PrepMaterial material, int minutes, HostClock clock)
    {
        Material = material;
        Minutes = minutes;
        Clock = clock;
        Stories = [.. material.Told.Select(t => new Story(t, this))];
    }

    /// <summary>From so many operators on a record is nobody's own.</summary>
    private const int SoManyShareIt = 3;

    public PrepMaterial Material { get; }

    public Catalogue Catalogue => Material.Catalogue;

    public int Minutes { get; }

    public HostClock Clock { get; }

    public IReadOnlyList<Story> Stories { get; }

    /// <summary>The shortest form: no background, no talk.</summary>
    public bool IsShort => Minutes == RunDown.ReadAsItStands;

    /// <summary>An hour or more: room for what explains and surrounds the story.</summary>
    public bool IsLong => Minutes >= 60;

    /// <summary>True where statements must say which record they are of.</summary>
    public bool IsSeveral => Stories.Count > 1;

    /// <summary>The record that opens the episode: the one named for it, else the first with a written scene.</summary>
    public Story? Opener => Stories.FirstOrDefault(s => s.Role == "cold_open" && s.Incident.Section("cold_open") is not null)
        ?? Stories.FirstOrDefault(s => s.Incident.Section("cold_open") is not null)
        ?? (Stories.Count > 0 ? Stories[0] : null);

    /// <summary>True for records too small for the length: what else would wait for a longer form is read out too.</summary>
    public bool IsThin { get; init; }

    /// <summary>“Knight Capital, 2012”, and how it is said; the title of a record that names neither company nor year.</summary>
    public (string Printed, string Spoken) NameOf(Incident incident)
    {
        var company = incident.Companies.FirstOrDefault(c => c.Role is null or CompanyRoles.Operator or "vendor_at_fault") ?? (incident.Companies.Count > 0 ? incident.Companies[0] : null);
        if (company is null || incident.Started is not { } started)
            return (incident.Title, SpokenText.Of(incident.Title).Text);
        var year = started.At.Start.Local.Year;
        var others = incident.Companies.Count(c => c.Role == CompanyRoles.Operator) >= SoManyShareIt ? " and others" : "";
        var name = Catalogue.CompanyName(company.Slug) + others;
        return ($"{name}, {year}", $"{SpokenText.Of(name).Text}, {NumberWords.Year(year)}");
    }
}

/// <summary>A record that the sheet tells.</summary>
internal sealed class Story(ToldRecord told, Composition composition)
{
    private readonly Dictionary<string, IReadOnlyList<ItemDraft>> _units = new(StringComparer.Ordinal);

    public Incident Incident { get; } = told.Record.Incident;

    public string Role { get; } = told.Role;

    public Statements Statements { get; } = Statements.Of(told.Record.Incident);

    public string Name { get; } = composition.NameOf(told.Record.Incident).Printed;

    public string SpokenName { get; } = composition.NameOf(told.Record.Incident).Spoken;

    /// <summary>Its share of a block against the other records: a main story takes three times the time of an example.</summary>
    public double Share { get; } = told.Role switch { "main" => 3, "cold_open" => 2, _ => 1 };

    /// <summary>The heading of a part, with the record's name before it where the sheet tells several.</summary>
    public string Heading(string heading) => !composition.IsSeveral ? heading : heading.Length == 0 ? Name : $"{Name}: {char.ToLowerInvariant(heading[0])}{heading[1..]}";

    /// <summary>A section as a part: prose in its order, or a list of which each item stands alone. Null where the record has none.</summary>
    public PartDraft? Section(string id, string heading, double weight, int tier, StatementKind uncited = StatementKind.Unsourced)
    {
        if (Incident.Section(id) is not { } markdown)
            return null;
        var known = SectionHeadings.ById(id);
        // Several blocks draw on the talking points and the questions.
        if (!_units.TryGetValue(id, out var units))
        {
            _units[id] = units = [.. Statements.Units(markdown, $"sections.{id}", id, uncited, craft: known is { Craft: true }, wholeItems: known is { WholeItems: true }).Select(u => new ItemDraft(u))];
        }

        if (units.Count == 0)
            return null;
        var isList = markdown.StartsWith("- ", StringComparison.Ordinal);
        return new PartDraft
        {
            Heading = Heading(heading),
            Form = isList ? PartForm.List : PartForm.Prose,
            Items = units,
            Record = Incident.Slug,
            Weight = weight * Share,
            Tier = tier,
            Sequential = !isList,
            LeftOutAs = known?.Heading ?? heading,
            Anchor = id,
        };
    }
}
