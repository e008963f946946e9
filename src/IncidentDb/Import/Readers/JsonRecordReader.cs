using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IncidentDb.Export;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Import.Readers;

/// <summary>
/// Reads records in the shape of <c>/incidents/{slug}.json</c>: one object, a list of them, or one a line (<c>.ndjson</c>). Derived values in
/// them are ignored; everything else passes the same rules as a file.
/// </summary>
/// <param name="contextOf">The words and names to judge by, for a record of that name; a new one for each.</param>
public sealed class JsonRecordReader(Func<string, ReadContext> contextOf)
{
    private const int MaxRecordBytes = 4 << 20;

    public static readonly Rule BadJson = new("json", ProblemLevel.Error, "A record in JSON has the shape of the site’s own.");

    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 32,
        // What a record needs is said by the rules, in their words; the parser only has to be able to read it.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var property in type.Properties)
                        property.IsRequired = false;
                },
            },
        },
    };

    public JsonRecordReader(DataFolder folder)
        : this(name => new ReadContext { File = name, Words = folder.Catalogue.Words, Known = folder })
    {
    }

    /// <summary>The records of a file by its extension. A record that can't be read is a file with problems and without a text.</summary>
    public IEnumerable<DataFile> Read(string path)
    {
        var name = Path.GetFileName(path);
        return Path.GetExtension(path).Equals(".ndjson", StringComparison.OrdinalIgnoreCase) ? ReadLines(path, name) : ReadDocument(File.ReadAllBytes(path), name);
    }

    private IEnumerable<DataFile> ReadLines(string path, string name)
    {
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (!string.IsNullOrWhiteSpace(text))
                yield return ReadLine(text, name, line);
        }
    }

    /// <summary>One record on one line.</summary>
    public DataFile ReadLine(string text, string name, int line) => text.Length > MaxRecordBytes
        ? Refused(name, line, $"This line has {text.Length} characters; a record has at most {MaxRecordBytes}.")
        : ReadOne(text, name, line);

    /// <summary>One object, or a list of objects.</summary>
    public IEnumerable<DataFile> ReadDocument(byte[] json, string name)
    {
        if (json.Length > 64 * MaxRecordBytes)
            return [Refused(name, 0, "The file is too large; write one record a line (.ndjson).")];
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(e => ReadOne(e.GetRawText(), name, 0))],
                JsonValueKind.Object => [ReadOne(document.RootElement.GetRawText(), name, 0)],
                _ => [Refused(name, 1, "A record is a JSON object, or a list of objects.")],
            };
        }
        catch (JsonException e)
        {
            return [Refused(name, (int)(e.LineNumber ?? 0) + 1, $"This is not valid JSON: {Reason(e)}")];
        }
    }

    private DataFile ReadOne(string json, string name, int line)
    {
        IncidentShape? shape;
        try
        {
            shape = JsonSerializer.Deserialize<IncidentShape>(json, _options);
        }
        catch (JsonException e)
        {
            return Refused(name, line > 0 ? line : (int)(e.LineNumber ?? 0) + 1, $"This is no record in JSON{(e.Path is { Length: > 1 } at ? $" (at {at})" : "")}: {Reason(e)}");
        }

        if (shape?.Slug is not { } slug || !Slug.IsValid(slug))
            return Refused(name, line, "The record has no “slug” of lower-case letters, digits and hyphens.");
        var path = $"{name}#{slug}";
        var context = contextOf(path);
        var incident = ToIncident(shape, context);
        if (context.Problems.Any(p => p.IsError))
            return new DataFile { Noun = Noun.Incident, Slug = slug, Path = path, Text = null, Canonical = null, Problems = context.Problems };
        // The text goes through the reader of files: one set of rules, and no second idea of what a record is.
        var text = IncidentWriter.Write(incident);
        var result = IncidentReader.Read(slug, text, contextOf(path));
        return new DataFile
        {
            Noun = Noun.Incident,
            Slug = slug,
            Path = path,
            Text = text,
            Canonical = result.Record is null ? null : IncidentWriter.Write(result.Record),
            Problems = result.Problems,
            Incident = result.Record,
            FormerSlugs = result.Record?.FormerSlugs ?? [],
        };
    }

    private static string Reason(JsonException e)
    {
        var at = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return at > 0 ? e.Message[..at] : e.Message;
    }

    private static DataFile Refused(string name, int line, string sentence) => new()
    {
        Noun = Noun.Incident,
        Slug = "",
        Path = name,
        Text = null,
        Canonical = null,
        Problems = [BadJson.At(name, line, "", sentence)],
    };

    private static Incident ToIncident(IncidentShape s, ReadContext context)
    {
        var started = Time(s.Started?.Text, null, "started", context);
        return new Incident
        {
            Slug = s.Slug,
            Title = s.Title ?? "",
            Kind = s.Kind ?? "",
            OneLine = s.OneLine ?? "",
            Companies = [.. (s.Companies ?? []).Select(c => new CompanyRole(c.Slug, c.Role ?? CompanyRoles.Operator))],
            Started = started is null ? null : new CitedWhen(started, s.Started!.SourcesDerived ? [] : s.Started.Sources ?? []),
            Ended = Time(s.Ended?.Text, null, "ended", context) is { } ended ? new CitedWhen(ended, s.Ended!.Sources ?? []) : null,
            Confidence = s.Confidence,
            Severity = s.Severity,
            Impact = s.Impact ?? [],
            Detection = s.Detection,
            Trigger = s.Trigger,
            Causes = [.. (s.Causes ?? []).Select(c => new IncidentCause { Slug = c.Slug, Role = c.Role, Text = c.Text ?? "" })],
            CausesBlank = s.CausesBlank,
            Patterns = [.. (s.Patterns ?? []).Select(p => new IncidentPattern { Slug = p.Slug, Relation = p.Relation, WhatHappened = p.WhatHappened ?? "", WouldHave = p.WouldHave ?? "" })],
            Resolution = s.Resolution ?? [],
            Metrics = [.. (s.Metrics ?? []).Select((m, i) => ToMetric(m, $"metrics[{i}]", context)).OfType<Metric>()],
            MetricsBlank = s.MetricsBlank,
            Technologies = s.Technologies ?? [],
            Sectors = s.Sectors ?? [],
            Regions = s.Regions ?? [],
            Tags = s.Tags ?? [],
            Relations = [.. (s.Relations ?? []).Select(r => new Relation { Incident = r.Incident, Type = r.Type, Note = r.Note })],
            SameAs = [.. s.SameAs ?? new Dictionary<string, string>()],
            Episodes = [.. (s.Episodes ?? []).Where(e => e.InRecord).Select(e => KeyValuePair.Create(e.Slug, e.Role))],
            Contributors = s.Contributors ?? [],
            Language = s.Language,
            TextOrigin = s.TextOrigin,
            SourceLicence = s.SourceLicence,
            FormerSlugs = s.FormerSlugs ?? [],
            Extra = s.Extra,
            Sources = [.. (s.Sources ?? []).Select((x, i) => ToSource(x, $"sources[{i}]", context))],
            Sections = [.. (s.Sections ?? new Dictionary<string, string>()).Select(x => new Section(x.Key, SectionHeadings.ById(x.Key)?.Heading ?? x.Key, x.Value))],
            Timeline = [.. (s.Timeline ?? []).Select((e, i) => ToEvent(e, started, $"timeline[{i}]", context)).OfType<TimelineEvent>()],
        };
    }

    private static When? Time(string? text, WhenText.Reference? reference, string path, ReadContext context)
    {
        if (text is null)
            return null;
        var when = WhenText.Parse(text, reference, out var wrong);
        if (when is null)
            context.Report(SyntaxRules.BadWhen, 0, path, wrong);
        return when;
    }

    private static TimelineEvent? ToEvent(EventShape e, When? started, string path, ReadContext context)
    {
        var at = e.At?.Relative is { } relative
            ? Time(relative, new WhenText.Reference { Started = started?.Start }, path, context)
            : Time(e.At?.Text ?? "", ZoneOf(e.At, started), path, context);
        return at is null ? null : new TimelineEvent
        {
            Id = "",
            At = at,
            Type = e.Type ?? "",
            Text = e.Text ?? "",
            Key = e.Key,
            TurningPoint = e.TurningPoint,
            ActorRole = e.ActorRole,
            Sources = e.Sources ?? [],
        };
    }

    /// <summary>A day has no zone in its text; its zone decides how the line after it is written.</summary>
    private static WhenText.Reference? ZoneOf(WhenShape? at, When? started) =>
        at?.Zone is { } zone && started is not null ? new WhenText.Reference { Started = started.Start with { Zone = zone } } : null;

    private static Metric? ToMetric(MetricShape m, string path, ReadContext context)
    {
        if (Amount.Parse(m.Value ?? "", out var wrong) is not { } value)
        {
            context.Report(SyntaxRules.BadAmount, 0, path, wrong);
            return null;
        }

        UsdValue? usd = null;
        if (m.Usd is { } text && Amount.Parse(text, out _) is { } amount)
            usd = new UsdValue { Value = amount, RateDate = Time(m.UsdRateDate, null, path, context) is { } rate ? new CitedWhen(rate, []) : null };
        return new Metric { Name = m.Metric, Value = value, Headline = m.Headline, Scope = m.Scope, AsStated = m.AsStated, Usd = usd, Sources = m.Sources ?? [] };
    }

    private static Source ToSource(SourceShape s, string path, ReadContext context) => new()
    {
        Id = s.Id,
        Title = s.Title ?? "",
        Author = s.Author,
        Publisher = s.Publisher ?? "",
        Type = s.Type ?? "",
        Url = s.Url,
        ArchiveUrl = s.ArchiveUrl,
        Published = Time(s.Published?.Text, null, path, context) is { } published ? new CitedWhen(published, []) : null,
        Read = s.Read ?? "",
        Language = s.Language,
    };
}
