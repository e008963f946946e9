namespace IncidentDb.Records;

/// <summary>Rules about the shape of a file, before anything is known of its meaning.</summary>
public static class SyntaxRules
{
    public static readonly Rule TooLarge = new("file-too-large", ProblemLevel.Error, "A file has at most 1 MiB.");
    public static readonly Rule NotUtf8 = new("not-utf8", ProblemLevel.Error, "A file is UTF-8.");
    public static readonly Rule NoFrontMatter = new("no-front-matter", ProblemLevel.Error, "A record begins with a line of three hyphens.");
    public static readonly Rule FrontMatterOpen = new("front-matter-open", ProblemLevel.Error, "The front matter ends with a line of three hyphens.");
    public static readonly Rule Yaml = new("yaml", ProblemLevel.Error, "The front matter is YAML: mappings, lists and text.");
    public static readonly Rule YamlTab = new("yaml-tab", ProblemLevel.Error, "YAML is indented with spaces.");
    public static readonly Rule YamlDepth = new("yaml-depth", ProblemLevel.Error, "YAML nests at most 32 levels.");
    public static readonly Rule YamlFeature = new("yaml-feature", ProblemLevel.Error, "YAML anchors, aliases and tags are not used.");
    public static readonly Rule DuplicateKey = new("duplicate-key", ProblemLevel.Error, "A key stands once.");
    public static readonly Rule UnknownKey = new("unknown-key", ProblemLevel.Warning, "A key that the format does not know is kept, and named.");
    public static readonly Rule UnknownHeading = new("unknown-heading", ProblemLevel.Warning, "A heading that the format does not know is kept, and named.");
    public static readonly Rule DuplicateHeading = new("duplicate-heading", ProblemLevel.Error, "A heading stands once.");
    public static readonly Rule WrongShape = new("wrong-shape", ProblemLevel.Error, "A field holds a text, a list or a mapping, as declared.");
    public static readonly Rule UnknownWord = new("unknown-word", ProblemLevel.Error, "A field with a vocabulary holds a word of it.");
    public static readonly Rule UnknownSlug = new("unknown-slug", ProblemLevel.Error, "A reference leads to a record that exists.");
    public static readonly Rule BadSlug = new("bad-slug", ProblemLevel.Error, "A slug is 2 to 80 of a–z, 0–9 and hyphens.");
    public static readonly Rule BadWhen = new("bad-when", ProblemLevel.Error, "A time is written in one of the forms of the format.");
    public static readonly Rule BadAmount = new("bad-amount", ProblemLevel.Error, "An amount is a number, a range or a blank, with its unit.");
    public static readonly Rule BadUrl = new("bad-url", ProblemLevel.Error, "An address is absolute and http or https.");
    public static readonly Rule Missing = new("missing", ProblemLevel.Error, "A field that is needed is there.");
    public static readonly Rule TextBeforeSections = new("lead", ProblemLevel.Error, "Before the first heading stands one paragraph: the record in one line.");
    public static readonly Rule ControlCharacter = new("control-character", ProblemLevel.Error, "Text has no control characters.");

    public static readonly IReadOnlyList<Rule> All =
    [
        TooLarge, NotUtf8, NoFrontMatter, FrontMatterOpen, Yaml, YamlTab, YamlDepth, YamlFeature, DuplicateKey, UnknownKey, UnknownHeading,
        DuplicateHeading, WrongShape, UnknownWord, UnknownSlug, BadSlug, BadWhen, BadAmount, BadUrl, Missing, TextBeforeSections, ControlCharacter,
    ];
}
