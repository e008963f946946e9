using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Submissions;

/// <summary>
/// What was typed into a form, as it was typed: names and values in their order. A repeated part has the number of its row in its name,
/// <c>metrics[2].value</c>. Immutable, and kept whole whether or not it makes a record.
/// </summary>
public sealed partial class FormFields
{
    /// <summary>A record given as one text instead of fields.</summary>
    public const string Text = "text";
    public const int MaxRows = 400;

    public static readonly FormFields Empty = new([]);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="fields">Several values of one name, as checkboxes send them, become one list.</param>
    public FormFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var names = new List<string>();
        foreach (var (name, value) in fields)
        {
            if (_values.TryGetValue(name, out var before))
            {
                _values[name] = value.Length == 0 ? before : before.Length == 0 ? value : $"{before}, {value}";
            }
            else
            {
                names.Add(name);
                _values[name] = value;
            }
        }

        Names = names;
    }

    /// <summary>The names in their order, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The value of a field; the empty text when it is missing.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    public IEnumerable<KeyValuePair<string, string>> All => Names.Select(n => KeyValuePair.Create(n, _values[n]));

    /// <summary>True when the record was given as one text.</summary>
    public bool IsText => this[Text].Length > 0;

    /// <summary>How many rows a repeated part has: one more than its highest number.</summary>
    public int Rows(string name)
    {
        var rows = 0;
        foreach (var field in Names)
        {
            if (field.Length > name.Length + 2 && field[name.Length] == '[' && field.StartsWith(name, StringComparison.Ordinal)
                && field.IndexOf(']', name.Length) is var end and > 0
                && int.TryParse(field.AsSpan(name.Length + 1, end - name.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            {
                rows = Math.Max(rows, row + 1);
            }
        }

        return rows;
    }

    /// <summary>True when a field below this name holds something.</summary>
    public bool Has(string prefix) => Names.Any(n =>
        n.StartsWith(prefix, StringComparison.Ordinal) && (n.Length == prefix.Length || n[prefix.Length] is '.' or '[') && _values[n].Trim().Length > 0);

    public FormFields With(string name, string value) => With([new(name, value)]);

    /// <summary>The fields with these values in place of those they had; new ones come last.</summary>
    public FormFields With(IEnumerable<KeyValuePair<string, string>> changes)
    {
        var changed = changes.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        return new(All.Select(f => changed.Remove(f.Key, out var value) ? KeyValuePair.Create(f.Key, value) : f).ToList().Concat(changed));
    }

    /// <summary>The fields without a row of a repeated part; the rows after it move up.</summary>
    public FormFields WithoutRow(string name, int row) => Renumbered(name, n => n == row ? null : n > row ? n - 1 : n);

    /// <summary>The fields with an empty row put in; the rows from there on move down.</summary>
    public FormFields WithRow(string name, int row)
    {
        var moved = Renumbered(name, n => n >= row ? n + 1 : n);
        return new([.. moved.All, new($"{name}[{row.ToString(CultureInfo.InvariantCulture)}].key", "")]);
    }

    private FormFields Renumbered(string name, Func<int, int?> number)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var (field, value) in All)
        {
            var match = Row().Match(field);
            if (!match.Success || match.Groups["name"].Value != name)
            {
                fields.Add(new(field, value));
                continue;
            }

            if (number(int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture)) is { } to)
                fields.Add(new($"{name}[{to.ToString(CultureInfo.InvariantCulture)}]{match.Groups["rest"].Value}", value));
        }

        return new(fields);
    }

    /// <summary>
    /// A value as it is kept: composed characters, line feeds, and no control characters, which HTML could not show again. Nothing else is
    /// changed; what the record leaves out (blanks at line ends) is decided when the record is written.
    /// </summary>
    public static string Clean(string value)
    {
        var text = value.ReplaceLineEndings("\n");
        if (text.Any(IsUnshowable))
            text = string.Concat(text.Where(c => !IsUnshowable(c)));
        // A half of a pair means nothing by itself and could not be stored.
        if (text.Any(char.IsSurrogate))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Normalize(NormalizationForm.FormC);
    }

    /// <summary>Control characters but the tab and the line feed; those from U+0080 on are other characters when HTML names them. And what is no character at all.</summary>
    private static bool IsUnshowable(char c) => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\ufffe' or '\uffff';

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in All)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static FormFields FromJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        return new(json.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString() ?? "")));
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)\[(?<row>\d{1,3})\](?<rest>.*)$", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Row();
}
