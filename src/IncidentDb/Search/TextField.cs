namespace IncidentDb.Search;

/// <summary>A field of text that is searched.</summary>
/// <param name="Name">As it is written in <c>field:word</c> and named in snippets.</param>
/// <param name="Label">As pages print it.</param>
/// <param name="Weight">How much a match in it counts against one in <c>text</c>.</param>
public sealed record TextField(string Name, string Label, float Weight);

/// <summary>
/// The fields, declared once. The weights say where a reader would look first: a word of the title says what a record is about, a word
/// of the timeline only that it occurs; they are documented in <c>docs/query-syntax.md</c>.
/// </summary>
public static class TextFields
{
    public static readonly TextField Title = new("title", "Title", 6f);
    public static readonly TextField Names = new("names", "Names", 4f);
    public static readonly TextField Summary = new("summary", "Summary", 3f);
    public static readonly TextField Causes = new("causes", "Causes", 1.5f);
    public static readonly TextField Patterns = new("patterns", "Patterns", 1.5f);
    public static readonly TextField Timeline = new("timeline", "Timeline", 1.5f);
    public static readonly TextField Text = new("text", "Text", 0.4f);

    /// <summary>What others called it: a record is often remembered in the words of a headline.</summary>
    public static readonly TextField Sources = new("sources", "Source", 2f);

    /// <summary>At most eight: postings keep a record's fields as the bits of a byte.</summary>
    public static readonly IReadOnlyList<TextField> All = [Title, Names, Summary, Causes, Patterns, Timeline, Text, Sources];

    public static int IndexOf(string name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name)
                return i;
        }

        return -1;
    }
}
