using System.Globalization;
using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>
/// The timeline's grammar: <c>- WHEN · type · key · turning-point · actor role · Text. [^source]</c>, where all but the time, the type
/// and the text may be left out. The same grammar serves the file, the form and pasted text.
/// </summary>
public static class Timeline
{
    private const string Separator = " · ";
    private const string KeyMark = "key";
    private const string TurningPointMark = "turning-point";
    public const int MaxActorLength = 60;

    /// <summary>The events of a timeline in the order of the text. A line that can't be read is reported and left out.</summary>
    public static IReadOnlyList<TimelineEvent> Read(string text, int firstLine, When? started, ReadContext context)
    {
        var events = new List<TimelineEvent>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var previous = started?.Start;
        foreach (var (row, line) in Items(text, firstLine, context))
        {
            var path = $"timeline[{events.Count}]";
            if (ReadLine(row, line, path, previous, started?.Start, context) is not { } read)
                continue;
            context.Remember(path, line);
            previous = (read.At.End ?? read.At.Start) is { Precision: >= WhenPrecision.Day } day ? day : read.At.Start;
            events.Add(read with { Id = UniqueId(read, ids) });
        }

        return events;
    }

    /// <summary>The list items with their line numbers; an indented line continues the item above.</summary>
    private static IEnumerable<(string Text, int Line)> Items(string text, int firstLine, ReadContext context)
    {
        var items = new List<(List<string> Rows, int Line)>();
        var line = firstLine - 1;
        foreach (var row in text.Split('\n'))
        {
            line++;
            if (string.IsNullOrWhiteSpace(row))
                continue;
            if (row.StartsWith("- ", StringComparison.Ordinal))
                items.Add(([row[2..].Trim()], line));
            else if (char.IsWhiteSpace(row[0]) && items.Count > 0)
                items[^1].Rows.Add(row.Trim());
            else
                context.Report(IncidentRules.TimelineLine, line, "timeline", "A line of the timeline begins with “- ”: “- 09:30 · impact_start · What happened. [^source]”.");
        }

        return items.Select(i => (string.Join(' ', i.Rows), i.Line));
    }

    private static TimelineEvent? ReadLine(string row, int line, string path, WhenPoint? previous, WhenPoint? started, ReadContext context)
    {
        var parts = Fields(row);
        if (parts.Count < 3)
        {
            context.Report(IncidentRules.TimelineLine, line, path, "A line of the timeline has a time, a type and a text, with “ · ” between them: “- 09:30 · impact_start · What happened. [^source]”.");
            return null;
        }

        var when = WhenText.Parse(parts[0], new WhenText.Reference { Previous = previous, Started = started }, out var wrong);
        if (when is null)
            context.Report(SyntaxRules.BadWhen, line, path, wrong);
        var typed = Codecs.Word("event_types").TryRead(new YamlText(parts[1], line), context, path, out var type);
        if (when is null || !typed)
            return null;

        var (key, turning, actor, at) = (false, false, (string?)null, 2);
        for (; at < parts.Count - 1; at++)
        {
            if (parts[at] == KeyMark)
                key = true;
            else if (parts[at] is TurningPointMark or "turning point" or "turning_point")
                turning = true;
            else if (actor is null && parts[at].Length is > 0 and <= MaxActorLength && !parts[at].Contains("[^", StringComparison.Ordinal))
                actor = parts[at];
            else
                break;
        }

        var (text, sources) = Citations.TakeTrailing(string.Join(Separator, parts.Skip(at)).Trim());
        if (text.Length == 0)
        {
            context.Report(IncidentRules.TimelineLine, line, path, "This line of the timeline has no text: say what happened.");
            return null;
        }

        return new TimelineEvent
        {
            Id = "",
            At = when,
            Type = type,
            Key = key,
            TurningPoint = turning,
            ActorRole = actor,
            Text = text,
            Sources = sources,
        };
    }

    /// <summary>The fields of a line; <c>\·</c> is a dot that does not separate.</summary>
    private static List<string> Fields(string row)
    {
        var fields = new List<string>();
        var start = 0;
        for (var i = row.IndexOf('·'); i >= 0; i = row.IndexOf('·', i + 1))
        {
            if (i == 0 || row[i - 1] == '\\' || !char.IsWhiteSpace(row[i - 1]) || (i + 1 < row.Length && !char.IsWhiteSpace(row[i + 1])))
                continue;
            fields.Add(Plain(row[start..i]));
            start = i + 1;
        }

        fields.Add(Plain(row[start..]));
        return fields;
    }

    private static string Plain(string field) => field.Trim().Replace("\\·", "·", StringComparison.Ordinal);

    private static string Escaped(string field) => field.Replace("·", "\\·", StringComparison.Ordinal);

    private static string UniqueId(TimelineEvent e, Dictionary<string, int> ids)
    {
        var point = e.At.Start;
        var time = point.Local.ToString(
            point.Precision switch { WhenPrecision.Year => "yyyy", WhenPrecision.Month => "yyyyMM", WhenPrecision.Day => "yyyyMMdd", WhenPrecision.Minute => "yyyyMMdd-HHmm", _ => "yyyyMMdd-HHmmss" },
            CultureInfo.InvariantCulture);
        var id = $"t{time}-{e.Type.Replace('_', '-')}";
        var count = ids[id] = ids.GetValueOrDefault(id) + 1;
        return count == 1 ? id : $"{id}-{count}";
    }

    /// <summary>The canonical text of a timeline.</summary>
    public static string Write(IReadOnlyList<TimelineEvent> events, When? started)
    {
        var text = new StringBuilder();
        WhenPoint? previous = null;
        foreach (var e in events)
        {
            text.Append("- ").Append(WhenText.WriteIn(e.At, new WhenText.Reference { Previous = previous, Started = started?.Start }));
            text.Append(Separator).Append(e.Type);
            if (e.Key)
                text.Append(Separator).Append(KeyMark);
            if (e.TurningPoint)
                text.Append(Separator).Append(TurningPointMark);
            if (e.ActorRole is { } actor)
                text.Append(Separator).Append(Escaped(actor));
            text.Append(Separator).Append(Escaped(e.Text)).Append(Citations.Write(e.Sources)).Append('\n');
            previous = (e.At.End ?? e.At.Start) is { Precision: >= WhenPrecision.Day } day ? day : e.At.Start;
        }

        return text.ToString().TrimEnd('\n');
    }
}
