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

    private static readonly string[] _keys = [nameof(ImportOnStart), nameof(PublicUrl), nameof(KeepPages)];

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
        return new SiteSettings { ImportOnStart = Flag(section, nameof(ImportOnStart), true), PublicUrl = url, KeepPages = Flag(section, nameof(KeepPages), true) };
    }

    private static bool Flag(IConfigurationSection section, string key, bool fallback) => section[key] switch
    {
        null or "" => fallback,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingException($"“IncidentDb:{key}” is “{text}”; it must be true or false."),
    };
}

/// <summary>A setting keeps the site from starting.</summary>
public sealed class SettingException(string message) : Exception(message);
