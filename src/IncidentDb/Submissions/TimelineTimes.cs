using System.Globalization;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>
/// The times of a form's timeline, which lean on the line before (<c>09:45</c>): each written out, so that a row means the same wherever it is put,
/// and written short again. What counts from the start, <c>T+00:45</c>, stays; what can't be read stays too.
/// </summary>
internal static class TimelineTimes
{
    public static WhenPoint? StartOf(FormFields form) => WhenText.Parse(form["started"], null, out _)?.Start;

    public static FormFields Whole(FormFields form) => Rewritten(form, (when, _) => WhenText.Write(when));

    public static FormFields Short(FormFields form) => Rewritten(form, WhenText.WriteIn);

    private static FormFields Rewritten(FormFields form, Func<When, WhenText.Reference, string> write)
    {
        var started = StartOf(form);
        var changes = new List<KeyValuePair<string, string>>();
        WhenPoint? previous = null;
        for (var i = 0; i < form.Rows(RecordForm.Timeline); i++)
        {
            var name = $"{RecordForm.Timeline}[{i.ToString(CultureInfo.InvariantCulture)}].at";
            if (WhenText.Parse(form[name], new WhenText.Reference { Previous = previous ?? started, Started = started }, out _) is not { } when)
                continue;
            if (when.Relative is null)
                changes.Add(new(name, write(when, new WhenText.Reference { Previous = previous, Started = started })));
            previous = (when.End ?? when.Start) is { Precision: >= WhenPrecision.Day } day ? day : when.Start;
        }

        return form.With(changes);
    }
}
