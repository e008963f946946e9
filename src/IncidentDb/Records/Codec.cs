using System.Collections;
using System.Text.Json.Nodes;

namespace IncidentDb.Records;

/// <summary>
/// How one kind of value is read from YAML, written to it and described in JSON Schema. Codecs compose, so a field is declared once
/// and reader, writer, schema, documentation and form follow from the declaration.
/// </summary>
public abstract class Codec<T>
{
    /// <summary>False after reporting what is wrong; <paramref name="path"/> names the field in messages.</summary>
    public abstract bool TryRead(YamlNode node, ReadContext context, string path, out T value);

    public abstract YamlNode Write(T value);

    /// <summary>True for a value that is not written: its key is then left out.</summary>
    public virtual bool IsAbsent(T? value) => value switch
    {
        null or false or "" => true,
        string => false,
        IEnumerable sequence => !sequence.Cast<object?>().Any(),
        _ => false,
    };

    public abstract JsonObject Schema(VocabularySchema words);

    /// <summary>What the documentation calls a value of this kind.</summary>
    public abstract string Kind { get; }

    /// <summary>What a form asks for.</summary>
    public abstract FieldShape Shape { get; }

    protected static bool Wrong(ReadContext context, YamlNode node, string path, string sentence)
    {
        context.Report(SyntaxRules.WrongShape, node.Line, path, sentence);
        return false;
    }
}

/// <summary>Gives the words of a vocabulary to <see cref="Codec{T}.Schema"/>.</summary>
public delegate IEnumerable<string> VocabularySchema(string vocabulary);

/// <summary>The codecs of scalar values.</summary>
public static class Codecs
{
    public static readonly Codec<string> Text = new TextCodec();
    public static readonly Codec<string> Url = new UrlCodec();
    public static readonly Codec<string> Slug = new SlugCodec(null);
    public static readonly Codec<bool> Flag = new FlagCodec();
    public static readonly Codec<CitedWhen> When = new WhenCodec();
    public static readonly Codec<Amount> Amount = new AmountCodec();

    /// <summary>A word of a vocabulary, e.g. <c>detection</c>; <paramref name="blanks"/> also allows unknown, not_disclosed and not_applicable.</summary>
    public static Codec<string> Word(string vocabulary, bool blanks = false) => new WordCodec(vocabulary, blanks);

    /// <summary>The slug of another record.</summary>
    public static Codec<string> Reference(Noun noun) => new SlugCodec(noun);

    public static Codec<IReadOnlyList<T>> List<T>(Codec<T> item) => new ListCodec<T>(item, single: false);

    /// <summary>One value or a list of them; one is written without brackets.</summary>
    public static Codec<IReadOnlyList<T>> OneOrMany<T>(Codec<T> item) => new ListCodec<T>(item, single: true);

    /// <summary>A mapping whose keys are words or slugs.</summary>
    public static Codec<IReadOnlyList<KeyValuePair<string, T>>> Map<T>(Codec<string> key, Codec<T> value) => new MapCodec<T>(key, value);

    public static Codec<T> Part<T>(T seed, IReadOnlyList<Field<T>> fields, string kind)
        where T : RecordPart => new ObjectCodec<T>(seed, fields, kind);

    /// <summary>Either one of the three blanks or the value proper.</summary>
    public static Codec<Blankable<T>> OrBlank<T>(Codec<T> value)
        where T : class => new BlankableCodec<T>(value);
}

/// <summary>A value, or the blank that stands for it.</summary>
public readonly record struct Blankable<T>(T? Value, string? Blank)
    where T : class;

/// <summary>A time with the sources it was read in.</summary>
public sealed record CitedWhen(When At, IReadOnlyList<string> Sources);

/// <summary>A part of a record that keeps the keys it does not know, as YAML text.</summary>
public abstract record RecordPart
{
    /// <summary>Unknown keys as canonical YAML lines; null when there are none.</summary>
    public string? Extra { get; init; }
}

internal sealed class TextCodec : Codec<string>
{
    public override string Kind => "text";

    public override FieldShape Shape => new FieldShape.Text("text");

    public override bool TryRead(YamlNode node, ReadContext context, string path, out string value)
    {
        value = "";
        if (node is not YamlText text)
            return Wrong(context, node, path, "Here a text is expected, not a list or a mapping.");
        // An escape in quotes can say what the file itself may not hold.
        if (Characters.FirstForbidden(text.Value) is var at and >= 0)
        {
            context.Report(SyntaxRules.ControlCharacter, node.Line, path, $"The text holds {Characters.NameOf(text.Value[at])}; remove it.");
            return false;
        }

        value = text.Value.Normalize(System.Text.NormalizationForm.FormC).Trim();
        if (value.Length == 0)
        {
            context.Report(SyntaxRules.Missing, node.Line, path, "The key has no value; fill it in or leave the key out.");
            return false;
        }

        return true;
    }

    public override YamlNode Write(string value) => new YamlText(value, 0);

    public override JsonObject Schema(VocabularySchema words) => new() { ["type"] = "string" };
}

internal sealed class UrlCodec : Codec<string>
{
    public override string Kind => "address";

    public override FieldShape Shape => new FieldShape.Text("address");

    public override bool TryRead(YamlNode node, ReadContext context, string path, out string value)
    {
        if (!Codecs.Text.TryRead(node, context, path, out value))
            return false;
        if (SourceUrl.IsValid(value))
            return true;
        // The value is kept, here and below: what was typed is still there when the record is shown again.
        context.Report(SyntaxRules.BadUrl, node.Line, path, $"“{Cut(value)}” is no address that can be linked; write it whole, with https://.");
        return true;
    }

    private static string Cut(string text) => text.Length <= 80 ? text : text[..77] + "…";

    public override YamlNode Write(string value) => new YamlText(value, 0);

    public override JsonObject Schema(VocabularySchema words) => new() { ["type"] = "string", ["format"] = "uri", ["pattern"] = "^https?://" };
}

internal sealed class SlugCodec(Noun? noun) : Codec<string>
{
    public override string Kind => noun is null ? "slug" : $"{noun.Value.ToString().ToLowerInvariant()} slug";

    public override FieldShape Shape => noun is { } of ? new FieldShape.Reference(of) : new FieldShape.Text("slug");

    public override bool TryRead(YamlNode node, ReadContext context, string path, out string value)
    {
        if (!Codecs.Text.TryRead(node, context, path, out value))
            return false;
        if (!Records.Slug.IsValid(value))
        {
            context.Report(SyntaxRules.BadSlug, node.Line, path, $"“{value}” is no slug; write lower-case letters, digits and hyphens, for example “{Records.Slug.From(value)}”.");
            return true;
        }

        if (noun is not { } referred || context.Known is not { } known)
            return true;
        if (known.Resolve(referred, value) is { } target)
        {
            value = target;
            return true;
        }

        var name = referred.ToString().ToLowerInvariant();
        context.Report(SyntaxRules.UnknownSlug, node.Line, path, $"There is no {name} “{value}”{Nearest.Hint(value, known.All(referred))}");
        return true;
    }

    public override YamlNode Write(string value) => new YamlText(value, 0);

    public override JsonObject Schema(VocabularySchema words) => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9-]{0,78}[a-z0-9]$" };
}

internal sealed class FlagCodec : Codec<bool>
{
    public override string Kind => "true or false";

    public override FieldShape Shape => new FieldShape.Flag();

    public override bool TryRead(YamlNode node, ReadContext context, string path, out bool value)
    {
        value = node is YamlText { Value: "true" };
        return value || node is YamlText { Value: "false" } || Wrong(context, node, path, "Here “true” or “false” is expected.");
    }

    public override YamlNode Write(bool value) => new YamlText(value ? "true" : "false", 0);

    public override JsonObject Schema(VocabularySchema words) => new() { ["type"] = "boolean" };
}

internal sealed class WordCodec(string vocabulary, bool blanks) : Codec<string>
{
    public override string Kind => $"word of {vocabulary}" + (blanks ? ", or a blank" : "");

    public override FieldShape Shape => new FieldShape.Word(vocabulary, blanks);

    public override bool TryRead(YamlNode node, ReadContext context, string path, out string value)
    {
        if (!Codecs.Text.TryRead(node, context, path, out value))
            return false;
        if (blanks && Blank.Is(value))
            return true;
        if (context.Words.Resolve(vocabulary, value) is { } word)
        {
            value = word;
            return true;
        }

        context.Report(SyntaxRules.UnknownWord, node.Line, path, $"“{value}” is no word of the vocabulary “{vocabulary}”{Nearest.Hint(value, context.Words.Slugs(vocabulary))}");
        return true;
    }

    public override YamlNode Write(string value) => new YamlText(value, 0);

    public override JsonObject Schema(VocabularySchema words) =>
        new() { ["enum"] = new JsonArray([.. words(vocabulary).Concat(blanks ? Blank.All : []).Select(w => (JsonNode)w)]) };
}

internal sealed class WhenCodec : Codec<CitedWhen>
{
    public override string Kind => "time";

    public override FieldShape Shape => new FieldShape.Time();

    public override bool TryRead(YamlNode node, ReadContext context, string path, out CitedWhen value)
    {
        value = null!;
        IReadOnlyList<string> sources = [];
        var at = node;
        if (node is YamlMap map)
        {
            if (map["at"] is not { } inner)
                return Wrong(context, node, path, "A time with a source is written {at: 2012-08-01, source: id}.");
            at = inner;
            if (map["source"] is { } cited && !Codecs.OneOrMany(Codecs.Text).TryRead(cited, context, $"{path}.source", out sources))
                return false;
        }

        if (!Codecs.Text.TryRead(at, context, path, out var text))
            return false;
        if (WhenText.Parse(text, null, out var wrong) is not { } when)
        {
            context.Report(SyntaxRules.BadWhen, at.Line, path, wrong);
            return false;
        }

        value = new CitedWhen(when, sources);
        return true;
    }

    public override YamlNode Write(CitedWhen value)
    {
        var at = new YamlText(value.At.ToString(), 0);
        return value.Sources.Count == 0
            ? at
            : new YamlMap([new YamlEntry("at", at, 0), new YamlEntry("source", Codecs.OneOrMany(Codecs.Text).Write(value.Sources), 0)], 0);
    }

    public override JsonObject Schema(VocabularySchema words) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = new JsonArray("string", "integer"), ["description"] = "2012, 2012-08, 2012-08-01, 2012-08-01T09:30-04:00, with ~ for about and ? for uncertain" },
            new JsonObject { ["type"] = "object", ["required"] = new JsonArray("at") }),
    };
}

internal sealed class AmountCodec : Codec<Amount>
{
    public override string Kind => "amount";

    public override FieldShape Shape => new FieldShape.Text("amount");

    public override bool TryRead(YamlNode node, ReadContext context, string path, out Amount value)
    {
        value = null!;
        if (!Codecs.Text.TryRead(node, context, path, out var text))
            return false;
        if (Amount.Parse(text, out var wrong) is { } amount)
        {
            value = amount;
            return true;
        }

        context.Report(SyntaxRules.BadAmount, node.Line, path, wrong);
        return false;
    }

    public override YamlNode Write(Amount value) => new YamlText(value.Text, 0);

    public override JsonObject Schema(VocabularySchema words) => new() { ["type"] = new JsonArray("string", "number") };
}
