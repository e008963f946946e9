namespace IncidentDb.Wording;

/// <summary>
/// How long a regular expression may take. All of them take a time in proportion to their text, so this measures no work: the clock runs on while a busy
/// machine gives the thread no time, and a second was too short for an import beside other programs.
/// </summary>
public static class RegexLimit
{
    public const int Milliseconds = 60_000;
}
