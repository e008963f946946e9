using System.Text.Json.Nodes;

namespace IncidentDb.Records;

/// <summary>A key of the front matter, declared once: how it is read, written, described and documented.</summary>
public abstract record Field<T>
{
    public required string Key { get; init; }

    /// <summary>One sentence for the documentation, the schema and the form.</summary>
    public required string Meaning { get; init; }

    /// <summary>True when the object cannot do without it. What a whole record needs depends on its kind and is a rule.</summary>
    public bool Required { get; init; }

    public abstract string Kind { get; }

    /// <summary>The declaration for whoever does not care what it is a field of.</summary>
    public abstract FieldInfo Info { get; }

    /// <summary>The record with the value of <paramref name="node"/>, or null after reporting what is wrong.</summary>
    public abstract T? Read(T record, YamlNode node, ReadContext context, string path);

    /// <summary>The value as YAML; null when the record has none.</summary>
    public abstract YamlNode? Write(T record);

    public abstract JsonObject Schema(VocabularySchema words);
}

internal sealed record Field<T, TValue> : Field<T>
{
    public required Codec<TValue> Codec { get; init; }

    public required Func<T, TValue?> Get { get; init; }

    public required Func<T, TValue, T> Set { get; init; }

    public override string Kind => Codec.Kind;

    public override FieldInfo Info => new(Key, Meaning, Required, Codec.Shape);

    public override T? Read(T record, YamlNode node, ReadContext context, string path) =>
        Codec.TryRead(node, context, path, out var value) ? Set(record, value) : default;

    public override YamlNode? Write(T record)
    {
        var value = Get(record);
        return Codec.IsAbsent(value) ? null : Codec.Write(value!);
    }

    public override JsonObject Schema(VocabularySchema words) => Codec.Schema(words);
}

/// <summary>Reading and writing an object by its declared fields.</summary>
public static class Fields
{
    public static Field<T> Of<T, TValue>(string key, Codec<TValue> codec, Func<T, TValue?> get, Func<T, TValue, T> set, string meaning, bool required = false) =>
        new Field<T, TValue> { Key = key, Codec = codec, Get = get, Set = set, Meaning = meaning, Required = required };

    /// <summary>False when the object can't be used; problems are reported either way, and what could be read is in <paramref name="record"/>.</summary>
    public static bool Read<T>(IReadOnlyList<Field<T>> fields, YamlMap map, T seed, ReadContext context, string path, out T record)
        where T : RecordPart
    {
        record = seed;
        var usable = true;
        List<YamlEntry>? extra = null;
        foreach (var entry in map.Entries)
        {
            var fieldPath = path.Length > 0 ? $"{path}.{entry.Key}" : entry.Key;
            context.Remember(fieldPath, entry.Line);
            var field = fields.FirstOrDefault(f => f.Key == entry.Key);
            if (field is null)
            {
                (extra ??= []).Add(entry);
                context.Report(SyntaxRules.UnknownKey, entry.Line, fieldPath, $"The format has no key “{entry.Key}” here{Nearest.Hint(entry.Key, fields.Select(f => f.Key))} It is kept as it stands.");
                continue;
            }

            if (field.Read(record, entry.Value, context, fieldPath) is { } next)
                record = next;
            else if (field.Required)
                usable = false;
        }

        foreach (var field in fields)
        {
            if (field.Required && map[field.Key] is null)
            {
                context.Report(SyntaxRules.Missing, map.Line, path.Length > 0 ? $"{path}.{field.Key}" : field.Key, $"“{field.Key}” is missing: {Uncapital(field.Meaning)}");
                usable = false;
            }
        }

        if (extra is not null)
            record = record with { Extra = YamlWriter.Write(new YamlMap(extra, 0)) };
        return usable;
    }

    private static string Uncapital(string sentence) =>
        sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;

    public static YamlMap Write<T>(IReadOnlyList<Field<T>> fields, T record)
        where T : RecordPart
    {
        var entries = new List<YamlEntry>();
        foreach (var field in fields)
        {
            if (field.Write(record) is { } value)
                entries.Add(new YamlEntry(field.Key, value, 0));
        }

        if (record.Extra is { } extra)
        {
            var context = new ReadContext { File = "", Words = Vocabularies.VocabularySet.Empty };
            entries.AddRange(YamlTree.ReadMap(extra, 1, context)?.Entries ?? []);
        }

        return new YamlMap(entries, 0);
    }

    public static JsonObject Schema<T>(IReadOnlyList<Field<T>> fields, VocabularySchema words)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in fields)
        {
            var schema = field.Schema(words);
            schema["description"] = field.Meaning;
            properties[field.Key] = schema;
            if (field.Required)
                required.Add(field.Key);
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            result["required"] = required;
        return result;
    }
}
