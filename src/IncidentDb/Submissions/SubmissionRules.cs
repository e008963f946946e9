using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>Rules of the form, beyond those of the record that it makes.</summary>
public static class SubmissionRules
{
    public static readonly Rule RowKey = new("row-key", ProblemLevel.Error, "A row of a repeated part names what it is about.");
    public static readonly Rule RowValue = new("row-value", ProblemLevel.Error, "A row says what its subject is here.");
    public static readonly Rule BlankAndValue = new("blank-and-value", ProblemLevel.Error, "A blank and a value do not stand together.");
    public static readonly Rule OpenFence = new("open-fence", ProblemLevel.Error, "A block of code in a text is closed.");
    public static readonly Rule SlugTaken = new("slug-taken", ProblemLevel.Error, "The address of a new record is free.");
    public static readonly Rule NameTaken = new("name-taken", ProblemLevel.Error, "A name of a company, a pattern or an episode stands for one of them.");
    public static readonly Rule SlugMissing = new("slug-missing", ProblemLevel.Error, "A new record has an address.");
    public static readonly Rule TooManyLinks = new("too-many-links", ProblemLevel.Error, "The first records of a new account hold at most three links outside the sources.");

    public static readonly Rule LooksAlike = new("looks-alike", ProblemLevel.Error, "A record that looks like one that is there says what it is to it.");
    public static readonly Rule WhyMissing = new("why-missing", ProblemLevel.Error, "A correction and a rejection have a reason.");
    public static readonly Rule CommentEmpty = new("comment-empty", ProblemLevel.Error, "A comment says something.");
    public static readonly Rule MergeTarget = new("merge-target", ProblemLevel.Error, "A record is merged into another that is published.");
    public static readonly Rule Undecided = new("undecided", ProblemLevel.Error, "Where two changed the same part, somebody chooses.");

    public static readonly IReadOnlyList<Rule> All = [RowKey, RowValue, BlankAndValue, OpenFence, SlugTaken, NameTaken, SlugMissing, TooManyLinks, LooksAlike, WhyMissing, CommentEmpty, MergeTarget, Undecided];
}
