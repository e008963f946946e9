using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Incidents;

/// <summary>
/// What a record must hold to be published, beyond being readable. The same rules judge a file, the command line, the form and the API.
/// </summary>
public static partial class IncidentRules
{
    public const int MinTitle = 6;
    public const int MaxTitle = 140;
    public const int MaxOneLine = 200;
    public const int MinSummaryWords = 50;
    public const int MaxSummaryWords = 250;
    public const int MaxQuoteWords = 90;

    public static readonly Rule TitleLength = new("title-length", ProblemLevel.Error, "A title has 6 to 140 characters.");
    public static readonly Rule OneLineLength = new("one-line-length", ProblemLevel.Error, "The record in one line has at most 200 characters.");
    public static readonly Rule Needed = new("needed", ProblemLevel.Error, "What a kind of record needs to be published is there.");
    public static readonly Rule SummaryLength = new("summary-length", ProblemLevel.Warning, "A summary has 50 to 250 words.");
    public static readonly Rule WordLimit = new("word-limit", ProblemLevel.Error, "A cold open has at most 120 words, a quote at most 90.");
    public static readonly Rule TimelineLine = new("timeline-line", ProblemLevel.Error, "A line of the timeline has a time, a type and a text.");
    public static readonly Rule TimelineOrder = new("timeline-order", ProblemLevel.Error, "The timeline runs forward in time.");
    public static readonly Rule OutsideWindow = new("outside-window", ProblemLevel.Error, "An event that belongs to the incident lies between its beginning and its end.");
    public static readonly Rule StartedDiffers = new("started-differs", ProblemLevel.Warning, "“started” agrees with the timeline.");
    public static readonly Rule EndsBeforeStart = new("ends-before-start", ProblemLevel.Error, "“ended” is not before “started”.");
    public static readonly Rule PartNotDeclared = new("part-not-declared", ProblemLevel.Error, "A part under Causes or Patterns is named in the front matter.");
    public static readonly Rule CauseText = new("cause-text", ProblemLevel.Warning, "A cause says what it did here.");
    public static readonly Rule PatternReasons = new("pattern-reasons", ProblemLevel.Error, "A pattern that was violated, absent or misapplied says what happened and what it would have changed.");
    public static readonly Rule PatternText = new("pattern-text", ProblemLevel.Warning, "A pattern that worked or was introduced after says how.");
    public static readonly Rule UnusedSource = new("unused-source", ProblemLevel.Warning, "A source is cited.");
    public static readonly Rule DuplicateSource = new("duplicate-source", ProblemLevel.Error, "An address stands once among the sources.");
    public static readonly Rule SourceAddress = new("source-address", ProblemLevel.Error, "A source has an address; only a book may do without.");
    public static readonly Rule EventUncited = new("event-uncited", ProblemLevel.Error, "A line of the timeline cites its source, or is marked [^?].");
    public static readonly Rule CraftFigure = new("craft-figure", ProblemLevel.Error, "A figure in the hook, an analogy, a talking point or a question is one that the record holds.");
    public static readonly Rule MetricSource = new("metric-source", ProblemLevel.Error, "A metric cites its source.");
    public static readonly Rule MetricUnit = new("metric-unit", ProblemLevel.Error, "Money has a currency, a share has %, a count has neither.");
    public static readonly Rule Headline = new("headline", ProblemLevel.Error, "At most one metric is the headline, and it is money lost.");
    public static readonly Rule UsdMissing = new("usd-missing", ProblemLevel.Warning, "A loss in another currency has its value in US dollars with the day of the rate.");
    public static readonly Rule StartedSource = new("started-source", ProblemLevel.Warning, "“started” has a source.");
    public static readonly Rule Unverified = new("unverified", ProblemLevel.Warning, "A fact rests on a source that was read.");
    public static readonly Rule WrongKind = new("wrong-kind", ProblemLevel.Warning, "Challenge, Approach, Outcome and Scale belong to case studies.");
    public static readonly Rule SelfReference = new("self-reference", ProblemLevel.Error, "A record does not refer to itself.");
    public static readonly Rule HeadingInText = new("heading-in-text", ProblemLevel.Error, "A text holds no heading of a higher level.");

    public static readonly IReadOnlyList<Rule> All =
    [
        TitleLength, OneLineLength, Needed, SummaryLength, WordLimit, TimelineLine, TimelineOrder, OutsideWindow, StartedDiffers, EndsBeforeStart,
        PartNotDeclared, CauseText, PatternReasons, PatternText, UnusedSource, DuplicateSource, SourceAddress, EventUncited,
        CraftFigure, MetricSource, MetricUnit, Headline, UsdMissing, StartedSource, Unverified, WrongKind, SelfReference, HeadingInText,
    ];

    /// <summary>Reports every rule that the record breaks; lines come from what the reader remembered.</summary>
    public static void Check(Incident incident, ReadContext context)
    {
        var check = new Checker(incident, context);
        check.Needs();
        check.Lengths();
        check.Times();
        check.CausesAndPatterns();
        check.SourcesAndMetrics();
        check.Sentences();
        check.CraftFigures();
    }

    private sealed class Checker(Incident incident, ReadContext context)
    {
        private readonly LineMap _lines = context.Lines;

        private void Report(Rule rule, string path, string sentence, int offset = 0)
        {
            var line = _lines[path];
            context.Report(rule, line == 0 ? 0 : line + offset, path, sentence);
        }

        public void Needs()
        {
            Need(incident.OneLine.Length > 0, "oneLine", "The record in one line is missing: a paragraph before the first heading.");
            Need(incident.Section(SectionHeadings.Summary) is not null, "sections.summary", "“## Summary” is missing: what happened, why and what it did.");
            Need(incident.Companies.Count > 0, "companies", "“companies” is missing: name at least one.");
            Need(incident.Started is not null, "started", "“started” is missing: give it at the precision the source has, a year will do.");
            Need(incident.Sources.Count > 0, "sources", "“sources” is missing: a record has at least one.");
            if (incident.IsCaseStudy)
            {
                Need(incident.Section("challenge") is not null, "sections.challenge", "“## Challenge” is missing: a case study says what had to be solved.");
                Need(incident.Section("approach") is not null, "sections.approach", "“## Approach” is missing: a case study says what was done.");
                Need(incident.Section("outcome") is not null, "sections.outcome", "“## Outcome” is missing: a case study says what came of it.");
                Need(
                    incident.Patterns.Any(p => p.Relation is PatternRelations.Worked or PatternRelations.IntroducedAfter),
                    "patterns",
                    "A case study names at least one pattern that worked or was introduced_after.");
                return;
            }

            Need(incident.Impact.Count > 0, "impact", "“impact” is missing: what kind of harm it did; a near miss has “none”.");
            Need(incident.Severity is not null, "severity", "“severity” is missing: S1 to S5, or unknown.");
            Need(incident.Detection is not null, "detection", "“detection” is missing: who noticed it first; unknown and not_disclosed are answers.");
            Need(incident.Causes.Count > 0 || incident.CausesBlank is not null, "causes", "“causes” is missing: at least one with its role; unknown and not_disclosed are answers.");
            foreach (var section in incident.Sections.Where(s => SectionHeadings.ById(s.Id) is { CaseStudyOnly: true }))
                Report(WrongKind, $"sections.{section.Id}", $"“{section.Heading}” belongs to case studies; this record is of kind “{incident.Kind}”.");
        }

        private void Need(bool there, string path, string sentence)
        {
            // What is there and could not be read has its sentence already.
            if (!there && !context.Problems.Any(p => p.IsError && p.Field == path))
                Report(Needed, path, sentence);
        }

        public void Lengths()
        {
            var title = incident.Title;
            if (title.Length > 0 && new StringInfo(title).LengthInTextElements is var length && length is < MinTitle or > MaxTitle)
                Report(TitleLength, "title", $"The title has {length} characters; it has {MinTitle} to {MaxTitle}.");
            var oneLine = new StringInfo(Citations.Remove(incident.OneLine)).LengthInTextElements;
            if (oneLine > MaxOneLine)
                Report(OneLineLength, "oneLine", $"The record in one line has {oneLine} characters; it has at most {MaxOneLine}.");
            if (incident.Section(SectionHeadings.Summary) is { } summary && Words(summary) is var words && words is < MinSummaryWords or > MaxSummaryWords)
                Report(SummaryLength, "sections.summary", $"The summary has {words} words; it has {MinSummaryWords} to {MaxSummaryWords}.");
            foreach (var section in incident.Sections)
            {
                if (SectionHeadings.ById(section.Id) is { MaxWords: { } max } && Words(section.Markdown) is var count && count > max)
                    Report(WordLimit, $"sections.{section.Id}", $"“{section.Heading}” has {count} words; it has at most {max}.");
                if (section.Id == "quotes")
                    CheckQuotes(section);
            }

            foreach (var (path, text) in Texts())
            {
                var fence = default(CodeFence);
                if (text.Split('\n').Any(row => !fence.Takes(row) && (row.StartsWith("# ", StringComparison.Ordinal) || row.StartsWith("## ", StringComparison.Ordinal))))
                    Report(HeadingInText, path, "The text holds a heading of a higher level; begin it with “#### ”, or write plain text.");
            }
        }

        private void CheckQuotes(Section section)
        {
            foreach (var (row, at) in section.Markdown.Split('\n').Select((r, n) => (r, n)))
            {
                if (Words(row) is var count && count > MaxQuoteWords)
                    Report(WordLimit, "sections.quotes", $"This quote has {count} words; a quote has at most {MaxQuoteWords}.", at);
            }
        }

        public void Times()
        {
            if (incident.Started is { } started && incident.Ended is { } ended && ended.At.Latest < started.At.Earliest)
                Report(EndsBeforeStart, "ended", $"“ended” ({ended.At}) lies before “started” ({started.At}).");
            var window = Window();
            for (var i = 0; i < incident.Timeline.Count; i++)
            {
                var e = incident.Timeline[i];
                var path = $"timeline[{i}]";
                if (i > 0 && e.At.Latest < incident.Timeline[i - 1].At.Earliest)
                    Report(TimelineOrder, path, $"This line ({e.At}) lies before the line above it ({incident.Timeline[i - 1].At}); the timeline runs forward.");
                if (context.Words.Find("event_types", e.Type) is not { OutsideWindow: false })
                    continue;
                if (window.From is { } from && e.At.Latest < from.Earliest)
                    Report(OutsideWindow, path, $"“{e.Type}” at {e.At} lies before the incident began ({from}); correct the time, or use a type that may lie outside, such as context.");
                else if (window.To is { } to && e.At.Earliest > to.Latest)
                    Report(OutsideWindow, path, $"“{e.Type}” at {e.At} lies after the incident ended ({to}); correct the time, or use a type that may lie outside, such as aftermath.");
            }

            if (incident.Started?.At is { } start && incident.Timeline.FirstOrDefault(e => e.Type == EventTypes.ImpactStart) is { } impact
                && (impact.At.Earliest > start.Latest || impact.At.Latest < start.Earliest))
            {
                Report(StartedDiffers, "started", $"“started” is {start}, but the timeline has the start of the impact at {impact.At}.");
            }
        }

        /// <summary>From the first trigger, change or impact to the end.</summary>
        private (When? From, When? To) Window()
        {
            When? from = null;
            foreach (var e in incident.Timeline)
            {
                if (e.Type is EventTypes.Trigger or EventTypes.ChangeDeployed or EventTypes.ImpactStart && (from is null || e.At.Earliest < from.Earliest))
                    from = e.At;
            }

            if (incident.Started?.At is { } started && (from is null || started.Earliest < from.Earliest))
                from = started;
            var to = incident.Ended?.At;
            foreach (var e in incident.Timeline)
            {
                if (e.Type is EventTypes.Resolved or EventTypes.ImpactEnd && (to is null || e.At.Latest > to.Latest))
                    to = e.At;
            }

            return (from, to);
        }

        public void CausesAndPatterns()
        {
            foreach (var cause in incident.Causes.Where(c => c.Text.Length == 0))
                Report(CauseText, $"causes.{cause.Slug}", $"The cause “{cause.Slug}” has no part under “## Causes”: say what it did here.");
            foreach (var pattern in incident.Patterns)
            {
                var path = $"patterns.{pattern.Slug}";
                if (PatternRelations.IsFailure(pattern.Relation))
                {
                    if (pattern.WhatHappened.Length == 0 || pattern.WouldHave.Length == 0)
                        Report(PatternReasons, path, $"The pattern “{pattern.Slug}” is {pattern.Relation}: say under “### {pattern.Slug}” both “What happened: …” and “Would have: …”.");
                }
                else if (pattern.WhatHappened.Length == 0)
                {
                    Report(PatternText, path, $"The pattern “{pattern.Slug}” has no part under “## Patterns”: say how it {pattern.Relation.Replace('_', ' ')}.");
                }
            }

            foreach (var relation in incident.Relations.Where(r => r.Incident == incident.Slug))
                Report(SelfReference, "relations", $"The record refers to itself (“{relation.Incident}”).");
        }

        public void SourcesAndMetrics()
        {
            var byUrl = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var source in incident.Sources)
            {
                var path = $"sources.{source.Id}";
                if (source.Url is null)
                {
                    if (source.Type != "book")
                        Report(SourceAddress, path, $"The source “{source.Id}” has no “url”; only a book may do without.");
                }
                else if (SourceUrl.Canonical(source.Url) is { } canonical && !byUrl.TryAdd(canonical, source.Id))
                {
                    Report(DuplicateSource, path, $"The source “{source.Id}” has the same address as “{byUrl[canonical]}” ({canonical}); keep one of them.");
                }
            }

            var cited = Cited().ToHashSet(StringComparer.Ordinal);
            foreach (var source in incident.Sources.Where(s => !cited.Contains(s.Id)))
                Report(UnusedSource, $"sources.{source.Id}", $"The source “{source.Id}” is not cited anywhere.");

            foreach (var (metric, i) in incident.Metrics.Select((m, n) => (m, n)))
                CheckMetric(metric, $"metrics[{i}]");
            var headlines = incident.Metrics.Where(m => m.Headline).ToList();
            if (headlines.Count > 1)
                Report(Headline, "metrics", $"{headlines.Count} metrics are marked as headline; one can be.");
            foreach (var metric in headlines.Where(m => MetricGroup(m) != "money" || m.Name == "market_value_change"))
                Report(Headline, "metrics", $"“{metric.Name}” can't be the headline; the headline is money lost.");
            CheckIds("started", incident.Started?.Sources ?? []);
            CheckIds("ended", incident.Ended?.Sources ?? []);
            if (incident.Started is not null && Derivation.StartedSources(incident).Count == 0)
                Report(StartedSource, "started", "“started” has no source: write {at: …, source: id}, or give the timeline a line for the start of the impact.");
        }

        private void CheckMetric(Metric metric, string path)
        {
            CheckIds(path, metric.Sources);
            if (metric.Value.IsBlank)
                return;
            if (metric.Sources.Count == 0)
                Report(MetricSource, path, $"The metric “{metric.Name}” has no “source”.");
            var group = MetricGroup(metric);
            var right = group switch { "money" => metric.Value.Unit is { Length: 3 }, "percent" => metric.Value.Unit == "%", _ => metric.Value.Unit is null };
            if (!right)
            {
                var wanted = group switch { "money" => "a currency, for example 460M USD", "percent" => "%, for example 13%", _ => "a plain number, for example 8.5M" };
                Report(MetricUnit, path, $"“{metric.Name}: {metric.Value}” needs {wanted}.");
            }

            if (metric.Usd is { Value: { IsBlank: false, Unit: not "USD" } usd })
                Report(MetricUnit, path, $"“usd” holds {usd}; write the value in US dollars, for example 12.3M USD.");
            if (group == "money" && metric.Value.Unit != "USD" && metric.Usd is null)
                Report(UsdMissing, path, $"“{metric.Name}: {metric.Value}” enters no range of losses without “usd: {{value: …, rate_date: …}}”.");
        }

        private string? MetricGroup(Metric metric) => context.Words.Find("metrics", metric.Name)?.Group;

        private IEnumerable<string> Cited()
        {
            var structured = incident.Metrics.SelectMany(m => m.Sources)
                .Concat(incident.Started?.Sources ?? []).Concat(incident.Ended?.Sources ?? [])
                .Concat(incident.Timeline.SelectMany(e => e.Sources.Concat(Citations.In(e.Text))));
            return structured.Concat(Texts().SelectMany(t => Citations.In(t.Text)));
        }

        private void CheckIds(string path, IEnumerable<string> ids, int offset = 0)
        {
            foreach (var id in ids)
            {
                if (id != Citations.Unsourced && incident.Source(id) is null)
                    Report(CitationRules.UnknownSource, path, $"“{id}” is no source of this record{Nearest.Hint(id, incident.Sources.Select(s => s.Id))}", offset);
            }
        }

        /// <summary>Every Markdown text with its path.</summary>
        private IEnumerable<(string Path, string Text)> Texts()
        {
            yield return ("oneLine", incident.OneLine);
            foreach (var section in incident.Sections)
                yield return ($"sections.{section.Id}", section.Markdown);
            foreach (var cause in incident.Causes)
                yield return ($"causes.{cause.Slug}.text", cause.Text);
            foreach (var pattern in incident.Patterns)
            {
                yield return ($"patterns.{pattern.Slug}.text", pattern.WhatHappened);
                yield return ($"patterns.{pattern.Slug}.text", pattern.WouldHave);
            }
        }

        public void Sentences()
        {
            foreach (var (path, text) in Texts())
            {
                var heading = path.StartsWith("sections.", StringComparison.Ordinal) ? SectionHeadings.ById(path[9..]) : null;
                var craft = heading is { Craft: true };
                foreach (var sentence in Citations.Sentences(text, heading is { WholeItems: true }))
                {
                    CheckIds(path, sentence.Sources, sentence.Line);
                    if (craft)
                        continue;
                    if (sentence.Sources.Count == 0 && CitationRules.NeedsCitation(sentence.Text))
                        Report(CitationRules.SentenceUncited, path, $"“{Cut(sentence.Text)}” states a figure, a date or a quotation without a source: add [^id] after it, or [^?] to mark it unsourced.", sentence.Line);
                    WarnUnverified(path, sentence.Sources, sentence.Text, sentence.Line);
                }
            }

            foreach (var (e, i) in incident.Timeline.Select((e, n) => (e, n)))
            {
                var path = $"timeline[{i}]";
                CheckIds(path, e.Sources.Concat(Citations.In(e.Text)));
                if (e.Sources.Count == 0)
                    Report(EventUncited, path, $"“{Cut(e.Text)}” has no source: add [^id] at its end, or [^?] to mark it unsourced.");
                WarnUnverified(path, e.Sources, e.Text, 0);
            }
        }

        private void WarnUnverified(string path, IReadOnlyList<string> sources, string text, int offset)
        {
            var named = sources.Where(s => s != Citations.Unsourced).Select(incident.Source).OfType<Source>().ToList();
            if (named.Count > 0 && named.All(s => s.Read == "no"))
                Report(Unverified, path, $"“{Cut(text)}” rests only on a source that was not read; it is shown as unverified.", offset);
        }

        public void CraftFigures()
        {
            HashSet<string>? held = null;
            foreach (var section in incident.Sections)
            {
                if (SectionHeadings.ById(section.Id) is not { Craft: true })
                    continue;
                held ??= HeldFigures();
                foreach (var sentence in Citations.Sentences(section.Markdown))
                {
                    foreach (var figure in Figures(sentence.Text).Where(f => !held.Contains(f)))
                        Report(CraftFigure, $"sections.{section.Id}", $"“{Cut(sentence.Text)}” holds the figure {figure}, which stands nowhere else in the record.", sentence.Line);
                }
            }
        }

        private HashSet<string> HeldFigures()
        {
            var text = IncidentWriter.Write(incident with
            {
                Sections = [.. incident.Sections.Where(s => SectionHeadings.ById(s.Id) is not { Craft: true })],
                Sources = [],
            });
            var figures = Figures(text).ToHashSet(StringComparer.Ordinal);
            foreach (var duration in Derivation.Of(incident).All)
            {
                foreach (var minutes in new[] { duration.Range?.Min, duration.Range?.Max })
                {
                    if (minutes is { } m)
                        figures.UnionWith(Figures($"{(long)m.TotalMinutes} {(long)m.TotalHours} {(long)m.TotalDays} {m.Minutes} {m.Hours}"));
                }
            }

            return figures;
        }

        private static IEnumerable<string> Figures(string text) =>
            Figure().Matches(text).Select(m => m.Value.Replace(",", "", StringComparison.Ordinal).TrimStart('0')).Where(f => f.Length > 0);
    }

    /// <summary>Words of a Markdown text, citations not counted.</summary>
    public static int Words(string markdown) => Word().Count(Citations.Remove(markdown));

    private static string Cut(string text) => text.Length <= 70 ? text : text[..67].TrimEnd() + "…";

    [GeneratedRegex(@"\d+(?:,\d{3})*(?:\.\d+)?", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Figure();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’./%-]*", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Word();
}
