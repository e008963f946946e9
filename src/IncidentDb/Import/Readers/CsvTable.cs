using System.Text;

namespace IncidentDb.Import.Readers;

/// <summary>Rows of a table in the form of RFC 4180: commas (or semicolons, as some countries' spreadsheets write), quotes doubled within quotes, line feeds within quotes.</summary>
public static class CsvTable
{
    public const int MaxRows = 1_000;
    public const int MaxColumns = 400;

    /// <summary>The rows with the line each begins on, 1-based; null when the text is no table.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="wrong">What keeps it from being one; empty otherwise.</param>
    /// <param name="maxRows">Rows of an upload are bounded; our own tables may be longer.</param>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)>? Read(string text, out string wrong, int maxRows = MaxRows)
    {
        text = text.TrimStart('\ufeff').ReplaceLineEndings("\n");
        var firstLine = text.AsSpan()[..(text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length)];
        var separator = firstLine.Count(';') > firstLine.Count(',') ? ';' : ',';
        var rows = new List<(int, IReadOnlyList<string>)>();
        var (cells, cell, quoted, line, from) = (new List<string>(), new StringBuilder(), false, 1, 1);
        wrong = "";
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i == text.Length)
            {
                wrong = $"The quote that opens on line {from} is never closed.";
                return null;
            }

            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[i++]);
                else
                    quoted = false;
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator || c == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    if (cells.Any(x => x.Length > 0))
                        rows.Add((from, cells));
                    (cells, from) = ([], line);
                    if (rows.Count > maxRows || cells.Count > MaxColumns)
                    {
                        wrong = $"A table has at most {maxRows} rows and {MaxColumns} columns.";
                        return null;
                    }
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }
}
