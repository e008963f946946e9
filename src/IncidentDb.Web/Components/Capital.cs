namespace IncidentDb.Web.Components;

/// <summary>Words of the vocabularies stand in the middle of sentences; at the head of one they begin with a capital.</summary>
internal static class Capital
{
    public static string Of(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
