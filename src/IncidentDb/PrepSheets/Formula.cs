using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets;

/// <summary>A formula worth stating on air, and how a record's numbers go into it.</summary>
/// <param name="Laws">Slugs of the laws it illustrates, the closest first.</param>
/// <param name="Expression">As it is written.</param>
/// <param name="Work">The formula with the numbers of a record; null where the record lacks one.</param>
public sealed record Formula(string Slug, string Name, IReadOnlyList<string> Laws, string Expression, Func<Incident, WorkedFormula?> Work);

/// <summary>A formula with numbers in it, as sentences of ours.</summary>
/// <param name="Text">With exact figures.</param>
/// <param name="Spoken">As it is said.</param>
/// <param name="Sources">Source ids of the record behind each input, by the input's name.</param>
public sealed record WorkedFormula(string Text, string Spoken, Worked Worked, IReadOnlyDictionary<string, IReadOnlyList<string>> Sources);

/// <summary>The formulas. Inputs come from the record alone; results are rounded to two figures that count and say “about”.</summary>
public static class Formulas
{
    private const decimal MinutesInYear = 525_960;

    /// <summary>Two months: what lasts longer is no outage that a rate of minutes says something about.</summary>
    private const int LongestMinutes = 86_400;

    public static readonly IReadOnlyList<Formula> All =
    [
        new("correlated-availability", "Availability under correlation", ["correlated-failure"], "independent: u · u; with a shared cause: u", Correlated),
        new("loss-rate", "What a minute costs", ["economic-reality"], "loss per minute = loss ÷ minutes", LossRate),
        new("littles-law", "Little’s law", ["asynchronous-reality", "emergent-chaos"], "L = λ · W", LittlesLaw),
        new("detection-floor", "The floor that detection sets", ["distributed-knowledge", "cognitive-load"], "shortest outage = time to notice", DetectionFloor),
        new("flow", "Rate and time", ["emergent-chaos", "multidimensional-optimisation"], "rate = count ÷ time", Flow),
        new("downtime-share", "Unavailability of a year", ["correlated-failure", "multidimensional-optimisation"], "u = downtime ÷ year", DowntimeShare),
    ];

    /// <summary>Two copies with this downtime: how long both would be down if they failed independently, and how long they are when they share the cause.</summary>
    private static WorkedFormula? Correlated(Incident incident)
    {
        if (Lasted(incident) is not { } lasted || lasted.Minutes is < 10 or > 60_000)
            return null;
        var share = lasted.Minutes / MinutesInYear;
        // From five minutes on seconds are not printed, so they are not kept either.
        var together = share * lasted.Minutes * 60;
        var both = together >= 300 ? Math.Round(together / 60) * 60 : Round(together);
        var (bothText, bothSpoken) = both < 1 ? ("less than a second", "less than a second") : ($"about {Length(both)}", $"about {SpokenTimes.Length(TimeSpan.FromSeconds((double)both))}");
        return Worked(
            "correlated-availability",
            $"Take two copies that are each down for {lasted.Text} in a year. If they fail independently, both are down together for {bothText}. If they share what failed here, both are down for all of it.",
            $"Take two copies that are each down for {lasted.Spoken} in a year. If they fail independently, both are down together for {bothSpoken}. If they share what failed here, both are down for all of it.",
            [lasted.Input], ["two copies", "525,960 minutes in a year"], [bothText]);
    }

    private static WorkedFormula? LossRate(Incident incident)
    {
        var metric = incident.Metrics.FirstOrDefault(m => m.Name is "direct_cost" or "revenue_loss" && m.Value is { Min: { } min, Max: { } max } && min == max && min > 0 && m.Sources.Count > 0);
        if (metric?.Value is not { Min: { } loss, Unit: { Length: 3 } currency } || Lasted(incident) is not { } lasted || lasted.Minutes is < 2 or > 20_000)
            return null;
        var rate = Round(loss / lasted.Minutes);
        var rateAmount = new Amount { Text = "", Min = rate, Max = rate, Unit = currency };
        var rateText = $"about {AmountWords.Of(rateAmount)}";
        var rateSpoken = $"about {SpokenAmounts.Of(rateAmount)}";
        return Worked(
            "loss-rate",
            $"A loss is a rate times a time. {AmountWords.Of(metric.Value)} over {lasted.Text} is {rateText} for every minute.",
            $"A loss is a rate times a time. {Capital(SpokenAmounts.Of(metric.Value))} over {lasted.Spoken} is {rateSpoken} for every minute.",
            [(new WorkedInput("loss", AmountWords.Of(metric.Value), loss, []), metric.Sources), lasted.Input], [], [rateText]);
    }

    /// <summary>How many were through before anybody knew: arrivals times the time in which nothing acts on them.</summary>
    private static WorkedFormula? LittlesLaw(Incident incident)
    {
        if (Count(incident) is not { } count || Lasted(incident) is not { } lasted || Noticed(incident) is not { } noticed || noticed.Minutes <= 0 || noticed.Minutes >= lasted.Minutes || lasted.Minutes > 20_000)
            return null;
        var rate = Round(count.Value / (lasted.Minutes * 60));
        var inside = Round(count.Value / lasted.Minutes * noticed.Minutes);
        if (rate < 1 || inside < 1)
            return null;
        return Worked(
            "littles-law",
            $"Little’s law: the number inside a system is the rate of arrival, times the time that each one stays. Here {count.Text} came over {lasted.Text}, about {Print(rate)} a second. Nobody noticed for {noticed.Text}, and by then about {Print(inside)} were inside.",
            $"Little’s law: the number inside a system is the rate of arrival, times the time that each one stays. Here {count.Spoken} came over {lasted.Spoken}, about {SpokenAmounts.Number(rate)} a second. Nobody noticed for {noticed.Spoken}, and by then about {SpokenAmounts.Number(inside)} were inside.",
            [count.Input, lasted.Input, noticed.Input], [], [$"about {Print(rate)}", $"about {Print(inside)}"]);
    }

    private static WorkedFormula? DetectionFloor(Incident incident)
    {
        if (Lasted(incident) is not { } lasted || Noticed(incident) is not { } noticed || noticed.Minutes < 1 || noticed.Minutes >= lasted.Minutes)
            return null;
        var percent = Round(noticed.Minutes / lasted.Minutes * 100);
        if (percent < 1)
            return null;
        return Worked(
            "detection-floor",
            $"No repair can be quicker than the moment of noticing. Of {lasted.Text}, {noticed.Text} went by before anybody knew, about {Print(percent)} per cent. An instant repair would still have left {noticed.Text}.",
            $"No repair can be quicker than the moment of noticing. Of {lasted.Spoken}, {noticed.Spoken} went by before anybody knew, about {SpokenAmounts.Number(percent)} per cent. An instant repair would still have left {noticed.Spoken}.",
            [lasted.Input, noticed.Input], [], [$"about {Print(percent)} per cent"]);
    }

    private static WorkedFormula? Flow(Incident incident)
    {
        if (Count(incident) is not { } count || Lasted(incident) is not { } lasted || lasted.Minutes > 20_000)
            return null;
        var rate = Round(count.Value / lasted.Minutes);
        if (rate < 1)
            return null;
        return Worked(
            "flow",
            $"A count is a rate times a time. {Capital(count.Text)} over {lasted.Text} is about {Print(rate)} every minute. Each minute won saves as many.",
            $"A count is a rate times a time. {Capital(count.Spoken)} over {lasted.Spoken} is about {SpokenAmounts.Number(rate)} every minute. Each minute won saves as many.",
            [count.Input, lasted.Input], [], [$"about {Print(rate)}"]);
    }

    private static WorkedFormula? DowntimeShare(Incident incident)
    {
        if (Lasted(incident) is not { } lasted || lasted.Minutes is < 5 or > MinutesInYear / 4)
            return null;
        var left = 100 - Round(lasted.Minutes / MinutesInYear * 100);
        return Worked(
            "downtime-share",
            $"Availability is the share of a year in which a system is up. {Capital(lasted.Text)} in a year leaves about {Share(left)} per cent. That holds if nothing else happens until it is over.",
            $"Availability is the share of a year in which a system is up. {Capital(lasted.Spoken)} in a year leaves about {NumberWords.Number(left)} per cent. That holds if nothing else happens until it is over.",
            [lasted.Input], ["525,960 minutes in a year"], [$"about {Share(left)} per cent"]);
    }

    private sealed record Quantity(decimal Value, string Text, string Spoken, (WorkedInput, IReadOnlyList<string>) Input)
    {
        public decimal Minutes => Value;
    }

    /// <summary>How long it lasted, where that is one length and not a range.</summary>
    private static Quantity? Lasted(Incident incident) => !incident.IsCaseStudy && Derivation.Of(incident).Lasted.Range is { IsExact: true } range && range.Max.TotalMinutes <= LongestMinutes && Derivation.LastedSources(incident) is { Count: > 0 } sources
        ? Time("time", range, sources)
        : null;

    private static Quantity? Noticed(Incident incident) =>
        Derivation.Of(incident).TimeToDetect.Range is { IsExact: true } range && incident.Timeline.FirstOrDefault(e => e.Type == EventTypes.Detected) is { } detected
            && detected.Sources.Any(s => s != Citations.Unsourced)
            ? Time("time to notice", range, [.. Derivation.StartedSources(incident).Concat(detected.Sources).Where(s => s != Citations.Unsourced).Distinct(StringComparer.Ordinal)])
            : null;

    private static Quantity Time(string name, DurationRange range, IReadOnlyList<string> sources) => new(
        (decimal)range.Max.TotalMinutes, LongForm(range), SpokenTimes.Length(range), (new WorkedInput(name, DurationWords.Of(range), (decimal)range.Max.TotalMinutes, []), sources));

    private static Quantity? Count(Incident incident)
    {
        var metric = incident.Metrics.FirstOrDefault(m => m.Name is "orders_affected" or "requests_failed" && m.Value is { Unit: null, Min: > 0 } && m.Sources.Count > 0);
        if (metric is null)
            return null;
        var (noun, value) = (metric.Name == "orders_affected" ? "orders" : "requests", metric.Value.Min!.Value);
        // An open or wide range counts from its lower end.
        var atLeast = metric.Value.Max == metric.Value.Min ? metric.Value.Approximate ? "about " : "" : "at least ";
        return new Quantity(value, $"{atLeast}{Print(value)} {noun}", $"{atLeast}{SpokenAmounts.Number(value)} {noun}", (new WorkedInput("count", AmountWords.Of(metric.Value), value, []), metric.Sources));
    }

    private static WorkedFormula Worked(string slug, string text, string spoken, IReadOnlyList<(WorkedInput Input, IReadOnlyList<string> Sources)> inputs, IReadOnlyList<string> constants, IReadOnlyList<string> results) => new(
        text, spoken, new Worked(slug, All.First(f => f.Slug == slug).Expression, [.. inputs.Select(i => i.Input)], constants, results), inputs.ToDictionary(i => i.Input.Name, i => i.Sources));

    /// <summary>Two figures that count.</summary>
    private static decimal Round(decimal value)
    {
        if (value <= 0)
            return 0;
        var step = 1m;
        while (value / step >= 100)
            step *= 10;
        while (value / step < 10)
            step /= 10;
        return Math.Round(value / step, MidpointRounding.AwayFromZero) * step;
    }

    /// <summary>All nines of an availability.</summary>
    private static string Share(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Print(decimal value) => AmountWords.Of(new Amount { Text = "", Min = value, Max = value });

    /// <summary>Minutes and hours written out: abbreviations are not for reading.</summary>
    private static string LongForm(DurationRange range)
    {
        var about = range.Approximate ? "about " : "";
        return about + Length((decimal)range.Max.TotalSeconds);
    }

    private static string Length(decimal seconds)
    {
        var length = TimeSpan.FromSeconds((double)seconds);
        string Unit(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        string Two(int first, string unit, int second, string other) => second == 0 ? Unit(first, unit) : $"{Unit(first, unit)} and {Unit(second, other)}";
        return length switch
        {
            { TotalMinutes: < 1 } => Unit((int)length.TotalSeconds, "second"),
            { TotalHours: < 1 } => Two((int)length.TotalMinutes, "minute", length.TotalMinutes < 5 ? length.Seconds : 0, "second"),
            { TotalDays: < 1 } => Two((int)length.TotalHours, "hour", length.Minutes, "minute"),
            { TotalDays: < 14 } => Two((int)length.TotalDays, "day", length.Hours, "hour"),
            _ => Unit((int)Math.Round(length.TotalDays), "day"),
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
