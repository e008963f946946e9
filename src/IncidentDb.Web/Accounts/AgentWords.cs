namespace IncidentDb.Web.Accounts;

/// <summary>A browser's long name for itself in two words, enough to tell one's own devices apart.</summary>
public static class AgentWords
{
    // The order matters: Chrome calls itself Safari too, and Edge calls itself both.
    private static readonly (string Sign, string Word)[] _browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Sign, string Word)[] _systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string agent)
    {
        var browser = _browsers.FirstOrDefault(b => agent.Contains(b.Sign, StringComparison.Ordinal)).Word ?? "A browser";
        var system = _systems.FirstOrDefault(s => agent.Contains(s.Sign, StringComparison.Ordinal)).Word;
        return system is null ? browser : $"{browser} on {system}";
    }
}
