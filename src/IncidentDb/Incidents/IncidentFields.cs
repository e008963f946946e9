using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>
/// The front matter of a record, declared once in canonical order. Reader, writer, JSON Schema, documentation and form follow from it:
/// a new field is a property of <see cref="Incident"/> and a line here.
/// </summary>
public static class IncidentFields
{
    public static readonly IReadOnlyList<Field<UsdValue>> Usd =
    [
        Fields.Of<UsdValue, Amount>("value", Codecs.Amount, u => u.Value, (u, v) => u with { Value = v }, "The amount in US dollars.", required: true),
        Fields.Of<UsdValue, CitedWhen>("rate_date", Codecs.When, u => u.RateDate, (u, v) => u with { RateDate = v }, "The day of the exchange rate.", required: true),
    ];

    public static readonly IReadOnlyList<Field<Metric>> Metric =
    [
        Fields.Of<Metric, string>("metric", Codecs.Word("metrics"), m => m.Name, (m, v) => m with { Name = v }, "What is measured.", required: true),
        Fields.Of<Metric, Amount>("value", Codecs.Amount, m => m.Value, (m, v) => m with { Value = v }, "How much: a number, a range or a blank, with its unit.", required: true),
        Fields.Of<Metric, bool>("headline", Codecs.Flag, m => m.Headline, (m, v) => m with { Headline = v }, "True for the money figure that stands for the loss."),
        Fields.Of<Metric, string>("scope", Codecs.Text, m => m.Scope, (m, v) => m with { Scope = v }, "What the figure covers."),
        Fields.Of<Metric, string>("as_stated", Codecs.Text, m => m.AsStated, (m, v) => m with { AsStated = v }, "The figure in the words of the source."),
        Fields.Of<Metric, UsdValue>("usd", Codecs.Part(new UsdValue(), Usd, "conversion"), m => m.Usd, (m, v) => m with { Usd = v }, "The value in US dollars, for another currency."),
        Fields.Of<Metric, IReadOnlyList<string>>("source", Codecs.OneOrMany(Codecs.Text), m => m.Sources, (m, v) => m with { Sources = v }, "The ids of the sources that state it."),
    ];

    public static readonly IReadOnlyList<Field<Relation>> Relation =
    [
        Fields.Of<Relation, string>("incident", Codecs.Reference(Noun.Incident), r => r.Incident, (r, v) => r with { Incident = v }, "The other record.", required: true),
        Fields.Of<Relation, string>("type", Codecs.Word("relation_types"), r => r.Type, (r, v) => r with { Type = v }, "How this record relates to it.", required: true),
        Fields.Of<Relation, string>("note", Codecs.Text, r => r.Note, (r, v) => r with { Note = v }, "Why the link is worth following."),
    ];

    private static readonly Codec<IReadOnlyList<KeyValuePair<string, string>>> _causes = Codecs.Map(Codecs.Word("causes"), Codecs.Word("cause_roles"));

    public static readonly IReadOnlyList<Field<Incident>> All =
    [
        Fields.Of<Incident, string>("title", Codecs.Text, i => i.Title, (i, v) => i with { Title = v }, "What happened, in 6 to 140 characters and without blame.", required: true),
        Fields.Of<Incident, string>("kind", Codecs.Word("kinds"), i => i.Kind, (i, v) => i with { Kind = v }, "Whether it is an incident, a near miss or a case study.", required: true),
        Fields.Of<Incident, IReadOnlyList<CompanyRole>>("companies", new CompaniesCodec(), i => i.Companies, (i, v) => i with { Companies = v }, "The companies and their part in it; without a part a company is the operator."),
        Fields.Of<Incident, CitedWhen>("started", Codecs.When, i => i.Started, (i, v) => i with { Started = v }, "When the impact began, at the precision of the source."),
        Fields.Of<Incident, CitedWhen>("ended", Codecs.When, i => i.Ended, (i, v) => i with { Ended = v }, "When the impact ended."),
        Fields.Of<Incident, string>("confidence", Codecs.Word("confidence"), i => i.Confidence, (i, v) => i with { Confidence = v }, "How well the account is established."),
        Fields.Of<Incident, string>("severity", Codecs.Word("severity", blanks: true), i => i.Severity, (i, v) => i with { Severity = v }, "S1 to S5, by what it did."),
        Fields.Of<Incident, IReadOnlyList<string>>("impact", Codecs.List(Codecs.Word("impact", blanks: true)), i => i.Impact, (i, v) => i with { Impact = v }, "What kind of harm it did."),
        Fields.Of<Incident, string>("detection", Codecs.Word("detection", blanks: true), i => i.Detection, (i, v) => i with { Detection = v }, "Who or what noticed it first."),
        Fields.Of<Incident, string>("trigger", Codecs.Word("trigger", blanks: true), i => i.Trigger, (i, v) => i with { Trigger = v }, "What set it off."),
        Fields.Of<Incident, Blankable<IReadOnlyList<KeyValuePair<string, string>>>>("causes", Codecs.OrBlank(_causes), WriteCauses, ReadCauses, "The causes and the role each had; each has a part under the heading Causes."),
        Fields.Of<Incident, IReadOnlyList<KeyValuePair<string, string>>>(
            "patterns",
            Codecs.Map(Codecs.Reference(Noun.Pattern), Codecs.Word("pattern_relations")),
            i => [.. i.Patterns.Select(p => KeyValuePair.Create(p.Slug, p.Relation))],
            (i, v) => i with { Patterns = [.. v.Select(p => new IncidentPattern { Slug = p.Key, Relation = p.Value })] },
            "The design patterns and how each relates; each has a part under the heading Patterns."),
        Fields.Of<Incident, IReadOnlyList<string>>("resolution", Codecs.List(Codecs.Word("resolution", blanks: true)), i => i.Resolution, (i, v) => i with { Resolution = v }, "What ended it."),
        Fields.Of<Incident, Blankable<IReadOnlyList<Metric>>>("metrics", Codecs.OrBlank(Codecs.List(Codecs.Part(new Metric(), Metric, "metric"))), WriteMetrics, (i, v) => i with { Metrics = v.Value ?? [], MetricsBlank = v.Blank }, "Measured effects with their sources."),
        Fields.Of<Incident, IReadOnlyList<string>>("technologies", Codecs.List(Codecs.Word("technologies")), i => i.Technologies, (i, v) => i with { Technologies = v }, "The technologies that took part."),
        Fields.Of<Incident, IReadOnlyList<string>>("sectors", Codecs.List(Codecs.Word("sectors")), i => i.Sectors, (i, v) => i with { Sectors = v }, "The sectors hit, when they are not those of the companies."),
        Fields.Of<Incident, IReadOnlyList<string>>("regions", Codecs.List(Codecs.Slug), i => i.Regions, (i, v) => i with { Regions = v }, "Where it was felt: countries, continents or cloud regions."),
        Fields.Of<Incident, IReadOnlyList<string>>("tags", Codecs.List(Codecs.Slug), i => i.Tags, (i, v) => i with { Tags = v }, "Free words for finding it."),
        Fields.Of<Incident, IReadOnlyList<Relation>>("relations", Codecs.List(Codecs.Part(new Relation(), Relation, "relation")), i => i.Relations, (i, v) => i with { Relations = v }, "Other records it belongs with."),
        Fields.Of<Incident, IReadOnlyList<KeyValuePair<string, string>>>("same_as", Codecs.Map(Codecs.Text, Codecs.Text), i => i.SameAs, (i, v) => i with { SameAs = v }, "The same incident in other catalogues: wikipedia, wikidata, cve …"),
        Fields.Of<Incident, IReadOnlyList<KeyValuePair<string, string>>>("episodes", Codecs.Map(Codecs.Reference(Noun.Episode), Codecs.Word("episode_roles")), i => i.Episodes, (i, v) => i with { Episodes = v }, "The episodes that tell it, and as what."),
        Fields.Of<Incident, IReadOnlyList<string>>("contributors", Codecs.List(Codecs.Text), i => i.Contributors, (i, v) => i with { Contributors = v }, "Who wrote the record, for the credit line."),
        Fields.Of<Incident, string>("language", Codecs.Text, i => i.Language, (i, v) => i with { Language = v }, "The language of the text, when it is not English."),
        Fields.Of<Incident, string>("text_origin", Codecs.Word("text_origin"), i => i.TextOrigin, (i, v) => i with { TextOrigin = v }, "Whether the words are our own, imported or quoted."),
        Fields.Of<Incident, string>("source_licence", Codecs.Text, i => i.SourceLicence, (i, v) => i with { SourceLicence = v }, "The licence of imported or quoted text."),
        Fields.Of<Incident, IReadOnlyList<string>>("former_slugs", Codecs.List(Codecs.Slug), i => i.FormerSlugs, (i, v) => i with { FormerSlugs = v }, "Former names of the record; they lead here."),
        SourceFields.Of<Incident>(i => i.Sources, (i, v) => i with { Sources = v }, "The sources under the short ids by which the text cites them."),
    ];

    private static Blankable<IReadOnlyList<KeyValuePair<string, string>>> WriteCauses(Incident incident) =>
        incident.CausesBlank is { } blank ? new(null, blank) : new([.. incident.Causes.Select(c => KeyValuePair.Create(c.Slug, c.Role))], null);

    private static Incident ReadCauses(Incident incident, Blankable<IReadOnlyList<KeyValuePair<string, string>>> read) => incident with
    {
        CausesBlank = read.Blank,
        Causes = [.. (read.Value ?? []).Select(c => new IncidentCause { Slug = c.Key, Role = c.Value })],
    };

    private static Blankable<IReadOnlyList<Metric>> WriteMetrics(Incident incident) =>
        incident.MetricsBlank is { } blank ? new(null, blank) : new(incident.Metrics, null);

    /// <summary>A list of operators, or a mapping of companies to their roles.</summary>
    private sealed class CompaniesCodec : Codec<IReadOnlyList<CompanyRole>>
    {
        private static readonly Codec<IReadOnlyList<string>> _operators = Codecs.List(Codecs.Reference(Noun.Company));
        private static readonly Codec<IReadOnlyList<KeyValuePair<string, string>>> _roles = Codecs.Map(Codecs.Reference(Noun.Company), Codecs.Word("company_roles"));

        public override string Kind => "list of company slugs, or mapping of company to role";

        public override FieldShape Shape => ((FieldShape.Map)_roles.Shape) with { Usual = CompanyRoles.Operator };

        public override bool TryRead(YamlNode node, ReadContext context, string path, out IReadOnlyList<CompanyRole> value)
        {
            value = [];
            if (node is YamlMap)
            {
                if (!_roles.TryRead(node, context, path, out var roles))
                    return false;
                value = [.. roles.Select(r => new CompanyRole(r.Key, r.Value))];
                return true;
            }

            if (!_operators.TryRead(node, context, path, out var slugs))
                return false;
            value = [.. slugs.Select(s => new CompanyRole(s, CompanyRoles.Operator))];
            return true;
        }

        public override YamlNode Write(IReadOnlyList<CompanyRole> value) =>
            value.All(c => c.Role == CompanyRoles.Operator)
                ? _operators.Write([.. value.Select(c => c.Slug)])
                : _roles.Write([.. value.Select(c => KeyValuePair.Create(c.Slug, c.Role))]);

        public override System.Text.Json.Nodes.JsonObject Schema(VocabularySchema words) =>
            new() { ["anyOf"] = new System.Text.Json.Nodes.JsonArray(_operators.Schema(words), _roles.Schema(words)) };
    }
}
