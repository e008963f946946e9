using System.Text.Json.Nodes;

namespace IncidentDb.Records;

internal sealed class ListCodec<T>(Codec<T> item, bool single) : Codec<IReadOnlyList<T>>
{
    public override string Kind => single ? $"{item.Kind}, or a list" : $"list of {item.Kind}";

    public override FieldShape Shape => new FieldShape.List(item.Shape);

    public override bool TryRead(YamlNode node, ReadContext context, string path, out IReadOnlyList<T> value)
    {
        var values = new List<T>();
        value = values;
        if (node is not YamlList list)
        {
            if (!item.TryRead(node, context, path, out var only))
                return false;
            values.Add(only);
            return true;
        }

        // A bad item is reported and left out; the good ones are still read, so that one report names all that is wrong.
        for (var i = 0; i < list.Items.Count; i++)
        {
            context.Remember($"{path}[{i}]", list.Items[i].Line);
            if (item.TryRead(list.Items[i], context, $"{path}[{i}]", out var next))
                values.Add(next);
        }

        return true;
    }

    public override YamlNode Write(IReadOnlyList<T> value) =>
        single && value.Count == 1 ? item.Write(value[0]) : new YamlList([.. value.Select(item.Write)], 0);

    public override JsonObject Schema(VocabularySchema words)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema(words) };
        return single ? new JsonObject { ["anyOf"] = new JsonArray(item.Schema(words), list) } : list;
    }
}

internal sealed class MapCodec<T>(Codec<string> key, Codec<T> value) : Codec<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override string Kind => $"mapping of {key.Kind} to {value.Kind}";

    public override FieldShape Shape => new FieldShape.Map(key.Shape, value.Shape);

    public override bool TryRead(YamlNode node, ReadContext context, string path, out IReadOnlyList<KeyValuePair<string, T>> read)
    {
        var entries = new List<KeyValuePair<string, T>>();
        read = entries;
        if (node is not YamlMap map)
            return Wrong(context, node, path, "Here a mapping is expected: {name: value, …}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            context.Remember($"{path}.{entry.Key}", entry.Line);
            if (!key.TryRead(new YamlText(entry.Key, entry.Line), context, $"{path}.{entry.Key}", out var name))
                continue;
            // A word and its alias are different keys of YAML and the same key here.
            if (!seen.Add(name))
                context.Report(SyntaxRules.DuplicateKey, entry.Line, path, $"The key “{entry.Key}” stands here for the second time{(name == entry.Key ? "" : $": it means “{name}”")}.");
            else if (value.TryRead(entry.Value, context, $"{path}.{entry.Key}", out var v))
                entries.Add(new(name, v));
        }

        return true;
    }

    public override YamlNode Write(IReadOnlyList<KeyValuePair<string, T>> entries) =>
        new YamlMap([.. entries.Select(e => new YamlEntry(e.Key, value.Write(e.Value), 0))], 0);

    public override JsonObject Schema(VocabularySchema words)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = value.Schema(words) };
        if (key.Schema(words) is var names && names.Count > 0)
            schema["propertyNames"] = names;
        return schema;
    }
}

internal sealed class ObjectCodec<T>(T seed, IReadOnlyList<Field<T>> fields, string kind) : Codec<T>
    where T : RecordPart
{
    public override string Kind => kind;

    public override FieldShape Shape => new FieldShape.Part([.. fields.Select(f => f.Info)]);

    public override bool TryRead(YamlNode node, ReadContext context, string path, out T value)
    {
        value = seed;
        return node is YamlMap map
            ? Fields.Read(fields, map, seed, context, path, out value)
            : Wrong(context, node, path, $"Here a mapping is expected: {{{string.Join(", ", fields.Take(3).Select(f => f.Key + ": …"))}}}.");
    }

    public override YamlNode Write(T value) => Fields.Write(fields, value);

    public override JsonObject Schema(VocabularySchema words) => Fields.Schema(fields, words);
}

internal sealed class BlankableCodec<T>(Codec<T> inner) : Codec<Blankable<T>>
    where T : class
{
    public override string Kind => inner.Kind + ", or a blank";

    public override FieldShape Shape => new FieldShape.OrBlank(inner.Shape);

    public override bool TryRead(YamlNode node, ReadContext context, string path, out Blankable<T> value)
    {
        if (node is YamlText { Value: var word } && Blank.Is(word))
        {
            value = new(null, word);
            return true;
        }

        var read = inner.TryRead(node, context, path, out var v);
        value = new(v, null);
        return read;
    }

    public override bool IsAbsent(Blankable<T> value) => value.Blank is null && inner.IsAbsent(value.Value);

    public override YamlNode Write(Blankable<T> value) => value.Blank is { } blank ? new YamlText(blank, 0) : inner.Write(value.Value!);

    public override JsonObject Schema(VocabularySchema words) => new()
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray([.. Blank.All.Select(w => (JsonNode)w)]) }, inner.Schema(words)),
    };
}
