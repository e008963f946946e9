using System.Globalization;
using System.Net;
using IncidentDb.Search;

namespace IncidentDb.Web.Hosting;

/// <summary>The settings under <c>IncidentDb:</c>, from appsettings.json and <c>INCIDENTDB__…</c> variables. A key that is not here stops the start.</summary>
public sealed record SiteSettings
{
    /// <summary>Imports the clone's <c>data/</c> at every start when it has changed.</summary>
    public bool ImportOnStart { get; init; } = true;

    /// <summary>The address of the site as others reach it, for feeds and citations; empty: that of the request.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Keeps the pages of readers in memory until the library changes. Off, every page is made anew: for measuring.</summary>
    public bool KeepPages { get; init; } = true;

    /// <summary>What finds the records of a search: <c>inverted</c>, our own postings, or <c>fts5</c>, SQLite's.</summary>
    public SearchEngine SearchEngine { get; init; } = SearchEngine.Inverted;

    /// <summary>Whether anybody may make an account: <c>open</c> or <c>closed</c> (administrators make them).</summary>
    public string SignUp { get; init; } = "open";

    /// <summary>Whether records can be submitted without an account; the author follows them by a link.</summary>
    public bool AnonymousSubmissions { get; init; }

    /// <summary>Nobody accepts what they wrote themselves.</summary>
    public bool FourEyes { get; init; } = true;

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed, separated by commas.</summary>
    public IReadOnlyList<IPAddress> KnownProxies { get; init; } = [];

    /// <summary>Tries at signing in, a minute and address.</summary>
    public int SignInsPerMinute { get; init; } = 5;

    /// <summary>Requests to search and lists, a minute and address.</summary>
    public int SearchesPerMinute { get; init; } = 600;

    /// <summary>Whole-result exports, a minute and address.</summary>
    public int ExportsPerMinute { get; init; } = 60;

    /// <summary>Writes of somebody signed in, a minute.</summary>
    public int WritesPerMinute { get; init; } = 120;

    /// <summary>Reading from the machine itself is not limited; signing in always is.</summary>
    public bool ExemptLoopback { get; init; } = true;

    /// <summary>Passwords hashed at the same time: one takes about 0.2 s of a core, and searches need the cores too.</summary>
    public int HashesAtOnce { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 2);

    /// <summary>Hours between backups; 0: none.</summary>
    public int BackupHours { get; init; } = 24;

    public int BackupsKeptDaily { get; init; } = 7;

    public int BackupsKeptWeekly { get; init; } = 4;

    private static readonly string[] _keys = [.. typeof(SiteSettings).GetProperties().Select(p => p.Name)];

    /// <exception cref="SettingException">A key is unknown or a value can't be used; the message names it.</exception>
    public static SiteSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("IncidentDb");
        foreach (var child in section.GetChildren())
        {
            if (!_keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingException($"There is no setting “IncidentDb:{child.Key}”{Records.Nearest.Hint(child.Key, _keys)} The settings are {string.Join(", ", _keys)}.");
        }

        var url = section[nameof(PublicUrl)]?.Trim().TrimEnd('/') ?? "";
        if (url.Length > 0 && !Records.SourceUrl.IsValid(url))
            throw new SettingException($"“IncidentDb:{nameof(PublicUrl)}” is “{url}”; it must be an address such as https://incidents.example.org, or empty.");
        var none = new SiteSettings();
        return new SiteSettings
        {
            ImportOnStart = Flag(section, nameof(ImportOnStart), none.ImportOnStart),
            PublicUrl = url,
            KeepPages = Flag(section, nameof(KeepPages), none.KeepPages),
            SearchEngine = Enum.Parse<SearchEngine>(Word(section, nameof(SearchEngine), "inverted", "inverted", "fts5"), ignoreCase: true),
            SignUp = Word(section, nameof(SignUp), none.SignUp, "open", "closed"),
            AnonymousSubmissions = Flag(section, nameof(AnonymousSubmissions), none.AnonymousSubmissions),
            FourEyes = Flag(section, nameof(FourEyes), none.FourEyes),
            KnownProxies = Addresses(section, nameof(KnownProxies)),
            SignInsPerMinute = Number(section, nameof(SignInsPerMinute), none.SignInsPerMinute, 1, 1_000_000),
            SearchesPerMinute = Number(section, nameof(SearchesPerMinute), none.SearchesPerMinute, 1, 1_000_000),
            ExportsPerMinute = Number(section, nameof(ExportsPerMinute), none.ExportsPerMinute, 1, 1_000_000),
            WritesPerMinute = Number(section, nameof(WritesPerMinute), none.WritesPerMinute, 1, 1_000_000),
            ExemptLoopback = Flag(section, nameof(ExemptLoopback), none.ExemptLoopback),
            HashesAtOnce = Number(section, nameof(HashesAtOnce), none.HashesAtOnce, 1, 64),
            BackupHours = Number(section, nameof(BackupHours), none.BackupHours, 0, 24 * 365),
            BackupsKeptDaily = Number(section, nameof(BackupsKeptDaily), none.BackupsKeptDaily, 1, 1000),
            BackupsKeptWeekly = Number(section, nameof(BackupsKeptWeekly), none.BackupsKeptWeekly, 0, 1000),
        };
    }

    private static bool Flag(IConfigurationSection section, string key, bool fallback) => section[key] switch
    {
        null or "" => fallback,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingException($"“IncidentDb:{key}” is “{text}”; it must be true or false."),
    };

    private static int Number(IConfigurationSection section, string key, int fallback, int min, int max) => section[key] switch
    {
        null or "" => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max => value,
        var text => throw new SettingException($"“IncidentDb:{key}” is “{text}”; it must be a number from {min} to {max}."),
    };

    private static string Word(IConfigurationSection section, string key, string fallback, params string[] words) => section[key] switch
    {
        null or "" => fallback,
        var text when words.Contains(text, StringComparer.Ordinal) => text,
        var text => throw new SettingException($"“IncidentDb:{key}” is “{text}”; it must be one of {string.Join(", ", words)}."),
    };

    private static List<IPAddress> Addresses(IConfigurationSection section, string key) =>
    [
        .. (section[key] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => IPAddress.TryParse(text, out var address)
            ? address
            : throw new SettingException($"“IncidentDb:{key}” holds “{text}”; it must be addresses such as 127.0.0.1, separated by commas.")),
    ];
}

/// <summary>A setting keeps the site from starting.</summary>
public sealed class SettingException(string message) : Exception(message);
