using System.Globalization;
using System.Text;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Facets;

namespace IncidentDb.Search.Queries;

/// <summary>A parsed query. Printing it and parsing the print gives the same tree.</summary>
public abstract record QueryNode
{
    /// <summary>How much a match counts; 1 unless the query says <c>^2</c>.</summary>
    public float Boost { get; init; } = 1f;

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Print(text);
        return text.ToString();
    }

    protected internal abstract void Print(StringBuilder text);

    protected void PrintBoost(StringBuilder text)
    {
        if (Boost != 1f)
            text.Append('^').Append(Boost.ToString("0.###", CultureInfo.InvariantCulture));
    }

    /// <summary>A group inside something else stands in brackets; one with a boost brings its own.</summary>
    protected static void PrintInner(StringBuilder text, QueryNode node)
    {
        var bare = node is AndNode { Boost: 1f } or OrNode { Boost: 1f };
        if (bare)
            text.Append('(');
        node.Print(text);
        if (bare)
            text.Append(')');
    }

    protected void PrintGroup(StringBuilder text, IReadOnlyList<QueryNode> items, string between)
    {
        if (Boost != 1f)
            text.Append('(');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(between);
            PrintInner(text, items[i]);
        }

        if (Boost != 1f)
            text.Append(')');
        PrintBoost(text);
    }
}

/// <summary>How a word is compared.</summary>
public enum WordMatch
{
    /// <summary>By stem: <c>failing</c> finds <c>failed</c>.</summary>
    Stem,

    /// <summary>As written, folded.</summary>
    Exact,

    /// <summary>Words that begin with it.</summary>
    Prefix,

    /// <summary>Words within one or two edits.</summary>
    Fuzzy,
}

/// <summary>A word, in one field or in all.</summary>
public sealed record WordNode : QueryNode
{
    /// <summary>Folded.</summary>
    public required string Word { get; init; }

    public WordMatch Match { get; init; }

    /// <summary>Edits allowed, for <see cref="WordMatch.Fuzzy"/>.</summary>
    public int Edits { get; init; }

    /// <summary>Index into <see cref="TextFields.All"/>, or −1 for all.</summary>
    public int Field { get; init; } = -1;

    protected internal override void Print(StringBuilder text)
    {
        if (Field >= 0)
            text.Append(TextFields.All[Field].Name).Append(':');
        if (Match == WordMatch.Exact)
            text.Append('"').Append(Word).Append('"');
        else
            text.Append(Word);
        if (Match == WordMatch.Prefix)
            text.Append('*');
        else if (Match == WordMatch.Fuzzy)
            text.Append('~').Append(Edits);
        PrintBoost(text);
    }
}

/// <summary>Words next to each other, as written; with <see cref="Slop"/> up to that many words between or out of order.</summary>
public sealed record PhraseNode : QueryNode
{
    /// <summary>At least two.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public int Slop { get; init; }

    public int Field { get; init; } = -1;

    /// <summary>True when the last word is a prefix: <c>"connection po*"</c>.</summary>
    public bool Prefix { get; init; }

    public bool Equals(PhraseNode? other) =>
        other is not null && Words.SequenceEqual(other.Words) && Slop == other.Slop && Field == other.Field && Prefix == other.Prefix && Boost == other.Boost;

    public override int GetHashCode() => HashCode.Combine(Words.Count, Words[0], Slop, Field);

    protected internal override void Print(StringBuilder text)
    {
        if (Field >= 0)
            text.Append(TextFields.All[Field].Name).Append(':');
        text.Append('"').AppendJoin(' ', Written());
        if (Prefix)
            text.Append('*');
        text.Append('"');
        if (Slop > 0)
            text.Append('~').Append(Slop);
        PrintBoost(text);
    }

    /// <summary>The words without the parts that the tokenizer adds after a compound one.</summary>
    private IEnumerable<string> Written()
    {
        for (var i = 0; i < Words.Count; i++)
        {
            yield return Words[i];
            foreach (var part in Tokenizer.Tokenize(Words[i]).Skip(1))
            {
                if (i + 1 < Words.Count && Words[i + 1] == part.Word)
                    i++;
            }
        }
    }
}

/// <summary>A value of a facet: <c>company:google</c>, <c>detection:not_disclosed</c>.</summary>
public sealed record ValueNode : QueryNode
{
    public required Facet Facet { get; init; }

    public required string Value { get; init; }

    protected internal override void Print(StringBuilder text) => text.Append(Facet.Name).Append(':').Append(Value);
}

/// <summary>A range of a quantity: <c>loss:&gt;=100M</c>, <c>duration:[2h TO 1d]</c>.</summary>
public sealed record RangeNode : QueryNode
{
    public required Facet Facet { get; init; }

    public required QuantityRange Range { get; init; }

    /// <summary>The bounds as they were written, for printing: <c>[2h TO 1d]</c>.</summary>
    public required string Low { get; init; }

    public required string High { get; init; }

    protected internal override void Print(StringBuilder text) => text.Append(Facet.Name).Append(':')
        .Append(Range.OpenMin ? '{' : '[').Append(Low).Append(" TO ").Append(High).Append(Range.OpenMax ? '}' : ']');
}

/// <summary>A span of the start's date: <c>started:[2017 TO 2019-06]</c>; matches when the start can lie in it.</summary>
public sealed record StartedNode : QueryNode
{
    /// <summary>Unix seconds.</summary>
    public required Bounds Span { get; init; }

    public required string Low { get; init; }

    public required string High { get; init; }

    protected internal override void Print(StringBuilder text) => text.Append("started:[").Append(Low).Append(" TO ").Append(High).Append(']');
}

/// <summary>One kind of moment came before another: <c>order:public_report&lt;detected</c>. The first of each kind counts.</summary>
public sealed record OrderNode(string First, string Then) : QueryNode
{
    protected internal override void Print(StringBuilder text) => text.Append("order:").Append(First).Append('<').Append(Then);
}

/// <summary>The time from one kind of moment to another: <c>gap:impact_start..status_posted&gt;1h</c>. The first of each kind counts.</summary>
/// <param name="From">The earlier moment.</param>
/// <param name="To">The later moment.</param>
/// <param name="Range">Minutes; matches when the time can lie in it.</param>
/// <param name="Written">The comparison as it was typed: <c>&gt;1h</c>.</param>
public sealed record GapNode(string From, string To, QuantityRange Range, string Written) : QueryNode
{
    protected internal override void Print(StringBuilder text) => text.Append("gap:").Append(From).Append("..").Append(To).Append(Written);
}

/// <summary>Every record: <c>*:*</c>.</summary>
public sealed record AllNode : QueryNode
{
    protected internal override void Print(StringBuilder text) => text.Append("*:*");
}

public sealed record NotNode(QueryNode Inner) : QueryNode
{
    protected internal override void Print(StringBuilder text)
    {
        text.Append('-');
        PrintInner(text, Inner);
    }
}

/// <summary>All of them; an item that is a <see cref="NotNode"/> takes records away.</summary>
public sealed record AndNode(IReadOnlyList<QueryNode> Items) : QueryNode
{
    public bool Equals(AndNode? other) => other is not null && Boost == other.Boost && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(1, Items.Count);

    protected internal override void Print(StringBuilder text) => PrintGroup(text, Items, " ");
}

public sealed record OrNode(IReadOnlyList<QueryNode> Items) : QueryNode
{
    /// <summary>True when the items mean the same, so that the best match counts and not the sum.</summary>
    public bool Best { get; init; }

    public bool Equals(OrNode? other) => other is not null && Boost == other.Boost && Best == other.Best && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(2, Items.Count);

    protected internal override void Print(StringBuilder text) => PrintGroup(text, Items, " OR ");
}

/// <summary>At least some of them; the more, the better. Made by the engine, never typed.</summary>
internal sealed record MostNode(IReadOnlyList<QueryNode> Items, int Minimum) : QueryNode
{
    public bool Equals(MostNode? other) => other is not null && Minimum == other.Minimum && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(3, Items.Count);

    protected internal override void Print(StringBuilder text) => PrintGroup(text, Items, " OR ");
}
