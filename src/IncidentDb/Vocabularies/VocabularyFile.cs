using IncidentDb.Records;

namespace IncidentDb.Vocabularies;

/// <summary>Reads and writes <c>data/vocabulary/*.yaml</c>: a title and the terms in their order.</summary>
public static class VocabularyFile
{
    public static readonly Rule ParentUnknown = new("term-parent", ProblemLevel.Error, "A word's parent is a word of the same vocabulary and stands at the top.");
    public static readonly Rule TermTaken = new("term-taken", ProblemLevel.Error, "A word or alias stands once in its vocabulary.");

    public static readonly IReadOnlyList<Field<Term>> TermFields =
    [
        Fields.Of<Term, string>("slug", Codecs.Text, t => t.Slug, (t, v) => t with { Slug = v }, "The word as records write it.", required: true),
        Fields.Of<Term, string>("label", Codecs.Text, t => t.Label, (t, v) => t with { Label = v }, "The word as pages print it.", required: true),
        Fields.Of<Term, string>("parent", Codecs.Text, t => t.Parent, (t, v) => t with { Parent = v }, "The word above it."),
        Fields.Of<Term, string>("group", Codecs.Text, t => t.Group, (t, v) => t with { Group = v }, "Its group, where drawing or checking needs one."),
        Fields.Of<Term, string>("sign", Codecs.Text, t => t.Sign, (t, v) => t with { Sign = v }, "The drawn sign."),
        Fields.Of<Term, bool>("outside_window", Codecs.Flag, t => t.OutsideWindow, (t, v) => t with { OutsideWindow = v }, "The event may lie outside the incident's window."),
        Fields.Of<Term, IReadOnlyList<string>>("aliases", Codecs.List(Codecs.Text), t => t.Aliases, (t, v) => t with { Aliases = v }, "Other names, former names and abbreviations."),
        Fields.Of<Term, string>("meaning", Codecs.Text, t => t.Meaning, (t, v) => t with { Meaning = v }, "One line that says what it means.", required: true),
        Fields.Of<Term, string>("text", Codecs.Text, t => t.Text, (t, v) => t with { Text = v }, "A longer text in Markdown, for words with pages."),
        Fields.Of<Term, IReadOnlyList<KeyValuePair<string, string>>>("crosswalk", Codecs.Map(Codecs.Text, Codecs.Text), t => t.Crosswalk, (t, v) => t with { Crosswalk = v }, "The same word in other schemes."),
    ];

    private sealed record Content : RecordPart
    {
        public string Title { get; init; } = "";

        public IReadOnlyList<Term> Terms { get; init; } = [];
    }

    private static readonly IReadOnlyList<Field<Content>> _fields =
    [
        Fields.Of<Content, string>("title", Codecs.Text, c => c.Title, (c, v) => c with { Title = v }, "What the vocabulary is called.", required: true),
        Fields.Of<Content, IReadOnlyList<Term>>("terms", Codecs.List(Codecs.Part(new Term(), TermFields, "word")), c => c.Terms, (c, v) => c with { Terms = v }, "The words in their order.", required: true),
    ];

    public static ReadResult<Vocabulary> Read(string name, string yaml, ReadContext context)
    {
        Vocabulary? vocabulary = null;
        if (YamlTree.ReadMap(yaml, 1, context) is { } map && Fields.Read(_fields, map, new Content(), context, "", out var content))
        {
            vocabulary = new Vocabulary(name, content.Title, content.Terms);
            Check(vocabulary, context);
        }

        return new ReadResult<Vocabulary> { Record = vocabulary, Problems = context.Problems, Lines = context.Lines };
    }

    private static void Check(Vocabulary vocabulary, ReadContext context)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < vocabulary.Terms.Count; i++)
        {
            var term = vocabulary.Terms[i];
            var path = $"terms[{i}]";
            if (term.Parent is { } parent && vocabulary.Terms.FirstOrDefault(t => t.Slug == parent) is not { Parent: null })
                context.Report(ParentUnknown, context.Lines[path], path, $"The parent “{parent}” of “{term.Slug}” is no word at the top of this vocabulary.");
            foreach (var word in term.Aliases.Prepend(term.Slug))
            {
                if (!seen.TryAdd(word, term.Slug))
                    context.Report(TermTaken, context.Lines[path], path, $"“{word}” already stands for “{seen[word]}”.");
            }
        }
    }

    public static string Write(Vocabulary vocabulary) =>
        YamlWriter.Write(Fields.Write(_fields, new Content { Title = vocabulary.Title, Terms = vocabulary.Terms }));
}
