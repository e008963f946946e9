namespace IncidentDb.Records;

/// <summary>The characters that text may hold: those that XML, JSON and a terminal can all show.</summary>
public static class Characters
{
    /// <summary>
    /// Where the first character stands that is no text: a control character other than a line feed or tab, half of a surrogate pair,
    /// or U+FFFE and U+FFFF, on which Unicode normalisation gives up; -1 when there is none.
    /// </summary>
    public static int FirstForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if ((char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c) || c is '\ufffe' or '\uffff')
                return i;
        }

        return -1;
    }

    /// <summary>What to call it in a sentence.</summary>
    public static string NameOf(char c) => $"the {(char.IsControl(c) ? "control " : "")}character U+{(int)c:X4}{(char.IsControl(c) ? "" : ", which stands for no letter or sign")}";
}
