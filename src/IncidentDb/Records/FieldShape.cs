namespace IncidentDb.Records;

/// <summary>What a value is made of, for whoever asks for it piece by piece: the form and the table template follow from it.</summary>
public abstract record FieldShape
{
    /// <summary>One text; <paramref name="Kind"/> is text, address, slug or amount.</summary>
    public sealed record Text(string Kind) : FieldShape;

    /// <summary>A word of a vocabulary; with <paramref name="Blanks"/> also unknown, not_disclosed and not_applicable.</summary>
    public sealed record Word(string Vocabulary, bool Blanks) : FieldShape;

    /// <summary>The slug of another record.</summary>
    public sealed record Reference(Noun Noun) : FieldShape;

    public sealed record Flag : FieldShape;

    /// <summary>A time, perhaps with the sources it was read in.</summary>
    public sealed record Time : FieldShape;

    public sealed record List(FieldShape Item) : FieldShape;

    /// <summary>Keys with a value each. A plain list stands for keys that all have the value <paramref name="Usual"/>.</summary>
    public sealed record Map(FieldShape Key, FieldShape Value, string? Usual = null) : FieldShape;

    public sealed record Part(IReadOnlyList<FieldInfo> Fields) : FieldShape;

    /// <summary>The value, or the blank that stands for it.</summary>
    public sealed record OrBlank(FieldShape Value) : FieldShape;
}

/// <summary>A declared field without the type it belongs to.</summary>
public sealed record FieldInfo(string Key, string Meaning, bool Required, FieldShape Shape);
