namespace IncidentDb.Records;

/// <summary>Follows the fenced code of a Markdown text row by row, as CommonMark does: a hash in code is no heading.</summary>
internal struct CodeFence
{
    private char _mark;
    private int _length;

    /// <summary>True when the row belongs to fenced code, the fences included. Rows are given in their order.</summary>
    public bool Takes(string row)
    {
        var text = row.AsSpan().TrimStart(' ');
        var indented = row.Length - text.Length > 3;
        var mark = text.Length > 0 ? text[0] : '\0';
        var run = mark is '`' or '~' ? text.Length - text.TrimStart(mark).Length : 0;
        if (_length > 0)
        {
            if (!indented && mark == _mark && run >= _length && text[run..].IsWhiteSpace())
                _length = 0;
            return true;
        }

        // Backticks that are closed on their line are code within a sentence.
        if (indented || run < 3 || (mark == '`' && text[run..].Contains('`')))
            return false;
        (_mark, _length) = (mark, run);
        return true;
    }
}
