using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Submissions;

/// <summary>A line of a pasted timeline, as it is proposed; nothing is kept until somebody confirms it.</summary>
public sealed record PastedEvent
{
    /// <summary>The line it came from, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>As the record's timeline writes it; empty when no time was found.</summary>
    public required string At { get; init; }

    /// <summary>A word of <c>event_types</c>, proposed from the words of the text.</summary>
    public required string Type { get; init; }

    public required string Text { get; init; }

    /// <summary>The sources the line cites by itself.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What to look at before it is taken; empty when nothing is strange.</summary>
    public required string Remark { get; init; }
}

/// <summary>
/// Reads raw timelines: lines that begin with a time ("9:16 PM PDT – API errors rise"), exports of chats, Markdown tables, updates of status pages, and
/// the record file's own lines. Times without a date belong to the day before them; a time that falls back by half a day begins the next one.
/// </summary>
/// <param name="words">The vocabulary that types are checked against.</param>
/// <param name="day">The day of the first line that names none; null when the text names it.</param>
/// <param name="zone">The offset of times that name no zone, such as <c>-07:00</c> or <c>Z</c>; empty for none.</param>
public sealed partial class TimelinePaste(Vocabularies.VocabularySet words, DateOnly? day, string zone)
{
    public const int MaxLength = 200_000;
    public const int MaxEvents = 300;

    private static readonly Dictionary<string, string> _zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = "Z", ["GMT"] = "Z", ["Z"] = "Z", ["WET"] = "Z", ["BST"] = "+01:00", ["WEST"] = "+01:00", ["CET"] = "+01:00", ["CEST"] = "+02:00", ["EET"] = "+02:00", ["EEST"] = "+03:00",
        ["MSK"] = "+03:00", ["IST"] = "+05:30", ["SGT"] = "+08:00", ["HKT"] = "+08:00", ["JST"] = "+09:00", ["KST"] = "+09:00", ["AEST"] = "+10:00", ["AEDT"] = "+11:00", ["NZST"] = "+12:00", ["NZDT"] = "+13:00",
        ["EST"] = "-05:00", ["EDT"] = "-04:00", ["CST"] = "-06:00", ["CDT"] = "-05:00", ["MST"] = "-07:00", ["MDT"] = "-06:00", ["PST"] = "-08:00", ["PDT"] = "-07:00",
    };

    /// <summary>Words that tell what kind of event a line is, the more telling first.</summary>
    private static readonly (string Type, Regex Words)[] _types =
    [
        ("status_posted", Rx(@"^\**(investigating|identified|monitoring|update|resolved|in progress|scheduled|completed)\**\s*[-–—:]|status page|we are (currently )?investigating|posted (an )?update")),
        ("postmortem_published", Rx(@"post-?mortem|incident report (is )?published")),
        ("action_backfired", Rx(@"made (it|things) worse|backfire|did not help|without effect")),
        ("relapse", Rx(@"\b(relapse|re-?occur|again (fail|degrad|down)|returned?\b.*\berrors|errors? return)")),
        ("alert_missed", Rx(@"alert.*(missed|ignored|unnoticed)|nobody (noticed|saw)")),
        ("alert_fired", Rx(@"\b(alert|alarm|page[sd]?\b|pager|monitor(ing)? (trigger|fire|detect))")),
        ("cause_identified", Rx(@"\b(root cause|cause (is |was )?(found|identified)|identif(y|ies|ied) (the|that|a)|traced? (it )?to|discover(s|ed)? (the|that))")),
        ("change_deployed", Rx(@"\b(deploy(s|ed|ment)?|rollout|rolled out|release[ds]?|push(es|ed)? (the |a )?(change|config|build|code)|merge[ds]?)\b")),
        ("resolved", Rx(@"\b(resolved|incident (is )?(closed|over)|all clear|fully (recovered|restored|operational)|back to normal)\b")),
        ("partial_recovery", Rx(@"\b(partial(ly)? (recover|restor)|begins? to recover|recovering|recovers?|improv(es|ed|ing)|error rates? (drop|fall|decreas))")),
        ("mitigation", Rx(@"\b(mitigat|failed over|fail ?over|traffic (is |was )?(shifted|moved|drained))")),
        ("impact_end", Rx(@"\b(impact (ends|over)|errors? stop|service (is )?restored)\b")),
        ("escalated", Rx(@"\b(escalat|paged in|joins? the (call|bridge)|brought in)")),
        ("declared", Rx(@"\b(declare[sd]?|incident (is |was )?(opened|created|started)|sev ?[0-5]\b)")),
        ("public_report", Rx(@"\b(twitter|tweets?|customers? (report|complain)|reports? from (users|customers)|reported by)")),
        ("detected", Rx(@"\b(detect(s|ed)?|notic(e|es|ed)|spots?|observe[sd]?)\b")),
        ("hypothesis", Rx(@"\b(suspect|hypothes|theory|think|believe[sd]?|might be|may be)")),
        ("decision", Rx(@"\b(decid|decision|agree[sd]? to|plan to)")),
        ("action", Rx(@"\b(roll(s|ed|ing)? back|rollback|revert|restart|reboot|disable|enable|block|scale[sd]? up|added capacity|throttl|kill(s|ed)?|purge|fix (is |was )?applied|stop(s|ped)?)\b")),
        ("impact_start", Rx(@"\b(outage|errors? (rise|increas|spike|begin|start)|down\b|unavailable|unreachable|offline|silent|dark\b|crash|degrad|fail(s|ed|ing|ure)?|latency|time ?outs?|elevated)")),
    ];

    private DateOnly? _day = day;
    private TimeOnly? _last;
    private string _zone = zone;

    /// <summary>The events of a text in its order; a status page's newest-first list is turned round.</summary>
    public IReadOnlyList<PastedEvent> Read(string text)
    {
        var lines = Newest(FormFields.Clean(text.Length <= MaxLength ? text : text[..MaxLength]).Split('\n').Select((t, i) => (Line: i + 1, Text: t.Trim())).ToList());
        var events = new List<PastedEvent>();
        for (var i = 0; i < lines.Count && events.Count < MaxEvents; i++)
        {
            var (number, line) = lines[i];
            if (line.Length == 0 || Rule().IsMatch(line) || NoEvent(line))
                continue;
            if (Own().Match(line) is { Success: true } own && words.Find("event_types", own.Groups["type"].Value) is { } type)
            {
                events.Add(OfOwn(number, own, type.Slug));
                continue;
            }

            line = Plain(line);
            var said = Chat().Match(line);
            var found = said.Success ? null : Time(line);
            if (said.Success)
            {
                // The words stand on the lines below, up to the next speaker.
                var spoken = new List<string>();
                while (i + 1 < lines.Count && lines[i + 1].Text.Length > 0 && !Chat().IsMatch(lines[i + 1].Text) && Time(Plain(lines[i + 1].Text), peek: true) is null)
                    spoken.Add(lines[++i].Text);
                if (spoken.Count > 0 && Time(said.Groups["time"].Value) is { } at)
                    events.Add(Event(number, at, string.Join(' ', spoken), ""));
                continue;
            }

            if (found is { } time)
                events.Add(Event(number, time, time.Rest, time.Remark));
            else if (DateOnly(line) is { } date && line.Length < 40)
                (_day, _last) = (date, null);
            else if (events.Count > 0 && !line.StartsWith('#'))
                events[^1] = events[^1] with { Text = $"{events[^1].Text} {line}".Trim() };
            else if (!line.StartsWith('#'))
                events.Add(new() { Line = number, At = "", Type = TypeOf(line), Text = line, Sources = [], Remark = "No time was found in this line." });
        }

        return events;
    }

    private sealed record Found(string At, string Rest, string Remark);

    private PastedEvent Event(int line, Found time, string text, string remark)
    {
        var (rest, sources) = Citations.TakeTrailing(text.Trim());
        var said = Leading().Replace(rest, "").Trim();
        return new() { Line = line, At = time.At, Type = TypeOf(said), Text = said, Sources = sources, Remark = remark.Length > 0 ? remark : said.Length == 0 ? "The line says nothing." : time.Remark };
    }

    /// <summary>A line of the record file's own grammar is taken as it stands.</summary>
    private PastedEvent OfOwn(int line, Match own, string type)
    {
        var (rest, sources) = Citations.TakeTrailing(own.Groups["text"].Value.Trim());
        var parts = rest.Split('·', StringSplitOptions.TrimEntries);
        var at = own.Groups["at"].Value.Trim();
        if (DateOnly(at) is { } date)
            _day = date;
        return new() { Line = line, At = at, Type = type, Text = parts[^1].Replace("\\·", "·", StringComparison.Ordinal), Sources = sources, Remark = parts.Length > 1 ? $"Marks are set in the form: {string.Join(", ", parts[..^1])}." : "" };
    }

    /// <summary>The time at the beginning of a line (or, as status pages have it, at its end), and the rest.</summary>
    private Found? Time(string line, bool peek = false)
    {
        if (Relative().Match(line) is { Success: true } relative)
            return new($"T{relative.Groups["sign"].Value.Replace('−', '-')}{int.Parse(relative.Groups["h"].Value):00}:{relative.Groups["m"].Value}", line[relative.Length..], "");
        var match = Clock().Match(line);
        if (!match.Success)
            return null;
        var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
        var half = match.Groups["half"].Value.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        if (half.Length > 0)
            hour = half == "PM" ? (hour % 12) + 12 : hour % 12;
        if (hour > 23 || int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) > 59)
            return null;
        if (peek)
            return new("", "", "");
        var clock = new TimeOnly(hour, int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture));
        var rest = line[match.Length..];
        var (named, remark) = (match.Groups["date"].Value.Length > 0 ? DateOnly(match.Groups["date"].Value) : null, "");
        if (named is { } date)
            _day = date;
        else if (_day is { } today && _last is { } last && clock < last)
            (_day, remark) = last - clock > TimeSpan.FromHours(6) ? (today.AddDays(1), "The time falls back: taken as the next day.") : (today, "Earlier than the line before.");
        _last = clock;
        if (match.Groups["zone"].Value.Trim(' ', '(', ')') is { Length: > 0 } name)
            _zone = _zones.GetValueOrDefault(name) ?? Offset(name);
        if (_day is null)
            return new(clock.ToString("HH:mm", CultureInfo.InvariantCulture), rest, "No day is known: name the day of the first line above.");
        if (_zone.Length == 0)
            return new($"{_day:yyyy-MM-dd}T{clock:HH:mm}", rest, remark.Length > 0 ? remark : "No zone is known: name it above.");
        return new($"{_day:yyyy-MM-dd}T{clock:HH:mm}{_zone}", rest, remark);
    }

    private static string Offset(string zone)
    {
        var text = zone.Replace("UTC", "", StringComparison.OrdinalIgnoreCase).Replace("GMT", "", StringComparison.OrdinalIgnoreCase).Replace('−', '-').Replace(":", "", StringComparison.Ordinal);
        if (text is [_, .. var digits] && text[0] is '+' or '-' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return $"{text[0]}{(digits.Length > 2 ? number / 100 : number):00}:{(digits.Length > 2 ? number % 100 : 0):00}";
        return "Z";
    }

    private DateOnly? DateOnly(string text)
    {
        var match = Date().Match(text);
        if (!match.Success)
            return null;
        var year = match.Groups["y"].Success ? int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture) : _day?.Year ?? 0;
        var month = match.Groups["m"].Success
            ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture)
            : Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, n => n.Length > 0 && match.Groups["name"].Value.StartsWith(n, StringComparison.OrdinalIgnoreCase)) + 1;
        var dayOf = int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture);
        return year is >= WhenText.FirstYear and <= WhenText.LastYear && month is >= 1 and <= 12 && dayOf >= 1 && dayOf <= DateTime.DaysInMonth(year, month) ? new(year, month, dayOf) : null;
    }

    private string TypeOf(string text)
    {
        var type = _types.FirstOrDefault(t => t.Words.IsMatch(text)).Type ?? "action";
        return words.Find("event_types", type) is null ? "context" : type;
    }

    /// <summary>Status pages put the newest first and the time beneath: each update becomes one line, oldest first.</summary>
    private static List<(int Line, string Text)> Newest(List<(int Line, string Text)> lines)
    {
        var filled = lines.Where(l => l.Text.Length > 0).ToList();
        var updates = filled.Where(l => Update().IsMatch(l.Text)).ToList();
        if (updates.Count < 2 || !filled.Where((l, i) => i > 0 && Update().IsMatch(filled[i - 1].Text)).Any(l => Below().IsMatch(l.Text)))
            return lines;
        var blocks = new List<(int Line, string Text, string When)>();
        foreach (var (number, text) in filled)
        {
            if (Update().IsMatch(text))
                blocks.Add((number, text, ""));
            else if (blocks.Count > 0 && blocks[^1].When.Length == 0 && Below().IsMatch(text))
                blocks[^1] = blocks[^1] with { When = text.Replace("Posted", "", StringComparison.OrdinalIgnoreCase).Trim() };
            else if (blocks.Count > 0 && blocks[^1].When.Length == 0)
                blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text} {text}" };
        }

        blocks.Reverse();
        return [.. blocks.Select(b => (b.Line, $"{b.When} – {b.Text}"))];
    }

    /// <summary>Bullets, bars of tables and emphasis taken away.</summary>
    private static string Plain(string line)
    {
        var text = Bullet().Replace(line, "");
        if (text.StartsWith('|'))
            text = string.Join(" – ", text.Trim('|').Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return text.Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal).Trim();
    }

    private static bool NoEvent(string line) => line.StartsWith('|') && line.Trim('|').Split('|', StringSplitOptions.TrimEntries).All(c => c.Length == 0 || c.Trim('-', ':').Length == 0 || TableHead().IsMatch(c));

    private static Regex Rx(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private const string Months = "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?";
    private const string Dates = @"\d{4}-\d{2}-\d{2}|(" + Months + @")\.?\s+\d{1,2}(st|nd|rd|th)?(,?\s+\d{4})?|\d{1,2}\.?\s+(" + Months + @")\.?(,?\s+\d{4})?";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^[\[(]?((?<date>" + Dates + @")[\sT,]*(at\s+)?)?(?<h>\d{1,2}):(?<m>\d{2})(:\d{2}(\.\d+)?)?\s*(?<half>[ap]\.?m\.?)?(?<zone>\s*\(?(UTC|GMT)?[+−-]\d{1,2}:?(\d{2})?\)?|\s*\(?\b(UTC|GMT|WES?T|CES?T|EES?T|BST|MSK|IST|SGT|HKT|JST|KST|AES?T|AEDT|NZ[SD]T|[ECMP][SD]T)\b\)?|Z\b)?[\])]?", Options, RegexLimit.Milliseconds)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^T\s*(?<sign>[+−-])\s*(?<h>\d{1,3}):(?<m>\d{2})", Options, RegexLimit.Milliseconds)]
    private static partial Regex Relative();

    [GeneratedRegex(@"(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})|(?<name>" + Months + @")\.?\s+(?<d>\d{1,2})(st|nd|rd|th)?(,?\s+(?<y>\d{4}))?|(?<d>\d{1,2})\.?\s+(?<name>" + Months + @")\.?(,?\s+(?<y>\d{4}))?", Options, RegexLimit.Milliseconds)]
    private static partial Regex Date();

    [GeneratedRegex(@"^[-*]\s+(?<at>[^·]{4,80})·\s*(?<type>[a-z_]+)\s*·(?<text>.+)$", Options, RegexLimit.Milliseconds)]
    private static partial Regex Own();

    /// <summary>A speaker with a time and nothing else, as chats export them.</summary>
    [GeneratedRegex(@"^(?<name>[\p{L}][\p{L}\p{N}_.’' -]{0,40}?)\s{1,4}\[?(?<time>\d{1,2}:\d{2}(:\d{2})?\s*([ap]\.?m\.?)?)\]?$", Options, RegexLimit.Milliseconds)]
    private static partial Regex Chat();

    [GeneratedRegex(@"^\**(investigating|identified|monitoring|update|resolved|in progress|completed|postmortem)\**\s*[-–—:]", Options, RegexLimit.Milliseconds)]
    private static partial Regex Update();

    [GeneratedRegex(@"^(posted\s+)?(" + Dates + @")\s*[,-]?\s*\d{1,2}:\d{2}", Options, RegexLimit.Milliseconds)]
    private static partial Regex Below();

    [GeneratedRegex(@"^[\s–—:;,.|·>-]+", Options, RegexLimit.Milliseconds)]
    private static partial Regex Leading();

    [GeneratedRegex(@"^([-*+•]|\d{1,3}[.)])\s+", Options, RegexLimit.Milliseconds)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^[\s|:=_-]+$", Options, RegexLimit.Milliseconds)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(time|date|when|event|what|description|details|zeit|utc|timestamp|comment|who)( \(.*\))?$", Options, RegexLimit.Milliseconds)]
    private static partial Regex TableHead();
}
