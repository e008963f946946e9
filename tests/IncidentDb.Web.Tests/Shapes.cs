using static IncidentDb.Web.Tests.Json;

namespace IncidentDb.Web.Tests;

/// <summary>The JSON that design.md promises to other programs.</summary>
internal static class Shapes
{
    public static readonly JsonShape Name = Object(("slug", Text), ("name", Text));

    public static readonly JsonShape When = Object(
        ("text", Text), ("edtf", Text), ("earliest", Text), ("latest", Text), ("approximate", Flag), ("uncertain", Flag), ("zone", OrNull(Text)), ("sources", ListOf(Text)));

    public static readonly JsonShape Money = Object(
        ("metric", Text), ("min", OrNull(Number)), ("max", OrNull(Number)), ("currency", Text), ("usdMin", OrNull(Number)), ("usdMax", OrNull(Number)), ("text", Text), ("sources", ListOf(Text)));

    public static readonly JsonShape Hit = Object(
        ("slug", Text),
        ("title", Text),
        ("kind", OneOf("incident", "near_miss", "case_study")),
        ("oneLine", Text),
        ("started", OrNull(Text)),
        ("ended", OrNull(Text)),
        ("companies", ListOf(Name)),
        ("causes", ListOf(Name)),
        ("patterns", ListOf(Object(("slug", Text), ("name", Text), ("relation", OneOf("violated", "absent", "misapplied", "worked", "introduced_after"))))),
        ("severity", OrNull(OneOf("S1", "S2", "S3", "S4", "S5", "unknown", "not_disclosed", "not_applicable"))),
        ("loss", OrNull(Money)),
        ("durationMinutes", OrNull(Object(("min", Number), ("max", Number)))),
        ("episodes", ListOf(Object(("slug", Text), ("title", Text)))),
        ("completeness", OneOf("gold", "silver", "bronze")),
        ("url", Url),
        ("snippets", ListOf(Object(("field", Text), ("html", Text), ("url", Url)))));

    public static readonly JsonShape Search = Object(
        ("total", Integer),
        ("page", Integer),
        ("size", Integer),
        ("sort", OneOf("relevance", "date", "-date", "loss", "duration", "added")),
        ("tookMs", Number),
        ("notices", ListOf(Text)),
        ("didYouMean", OrNull(Object(("q", Text), ("total", Integer), ("url", Url)))),
        ("splitsBest", OrNull(Text)),
        ("rescues", ListOf(Object(("kind", OneOf("filter", "filters", "part", "words")), ("without", Text), ("total", Integer), ("url", Url)))),
        ("hits", ListOf(Hit)),
        ("facets", ListOf(Object(
            ("name", Text),
            ("label", Text),
            ("match", OneOf("any", "all")),
            ("values", ListOf(Object(("value", Text), ("label", Text), ("count", Integer), ("selected", Flag), ("excluded", Flag), ("url", Url), ("onlyUrl", Url))))))));

    public static readonly JsonShape Incident = Object(
        ("slug", Text),
        ("kind", OneOf("incident", "near_miss", "case_study")),
        ("title", Text),
        ("oneLine", Text),
        ("sections", MapOf(Text)),
        ("started", OrNull(When)),
        ("ended", OrNull(When)),
        ("durations", MapOf(Object(("min", OrNull(Number)), ("max", OrNull(Number)), ("text", OrNull(Text)), ("formula", Text)))),
        ("severity", OrNull(Text)),
        ("impact", ListOf(Text)),
        ("detection", OrNull(Text)),
        ("trigger", OrNull(Text)),
        ("resolution", ListOf(Text)),
        ("loss", OrNull(Money)),
        ("metrics", ListOf(Object(("metric", Text), ("value", Text), ("sources", ListOf(Text))))),
        ("companies", ListOf(Object(("slug", Text), ("name", Text), ("role", Text)))),
        ("causes", ListOf(Object(("slug", Text), ("name", Text), ("role", Text), ("text", Text), ("sources", ListOf(Text))))),
        ("patterns", ListOf(Object(("slug", Text), ("name", Text), ("relation", Text), ("whatHappened", Text), ("wouldHave", Text), ("sources", ListOf(Text))))),
        ("timeline", ListOf(Object(
            ("id", Text), ("at", When), ("tPlus", OrNull(Text)), ("type", Text), ("text", Text), ("actorRole", OrNull(Text)), ("key", Flag), ("turningPoint", Flag), ("sources", ListOf(Text))))),
        ("sources", ListOf(Object(
            ("id", Text), ("n", Integer), ("url", OrNull(Text)), ("archiveUrl", OrNull(Text)), ("title", Text), ("publisher", Text), ("published", OrNull(When)), ("type", Text), ("read", Text)))),
        ("relations", ListOf(Object(("incident", Text), ("type", Text)))),
        ("episodes", ListOf(Object(("slug", Text), ("title", Text), ("role", Text)))),
        ("similar", ListOf(Object(
            ("slug", Text), ("title", Text), ("started", OrNull(Text)), ("url", Url), ("score", Number),
            ("reasons", ListOf(Object(("aspect", Text), ("label", Text), ("share", Number), ("values", ListOf(Object(("value", Text), ("label", Text)))))))))),
        ("completeness", OneOf("gold", "silver", "bronze")));

    /// <param name="name">What the thing is called: <c>name</c> or <c>title</c>.</param>
    public static JsonShape List(string name) => Object(("total", Integer), ("items", ListOf(Object(("slug", Text), (name, Text), ("url", Url), ("incidents", Integer)))));

    public static readonly JsonShape Problem = Object(("type", Text), ("title", Text), ("status", Integer), ("detail", Text), ("traceId", Text));
}
