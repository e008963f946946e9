using System.Reflection;
using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Web.Tests;

/// <summary>Every regular expression of the library and the site takes hostile text in a time in proportion to its length.</summary>
public sealed class RegexTests
{
    private const int Length = 200_000;

    /// <summary>What is linear takes milliseconds; the square of the length takes minutes.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private static readonly string[] _hostile =
    [
        " ", "\n", "\t", "<", "<a ", "[", "[^", "[^a]", "[^a] ", "(", "a", "A ", "1", "1,000", "1.", "“", "\"", "'", "https://", "www.", "-", "* ", "> ", "# ", "|", "a.", "a-b/", "é", "\uE010",
        "<!--", "<table>", "href=\"", "April ", "12:", "T+", "1 January 2020 ", " x", "utm_", "%", "…", "web.archive.org/", "e.g", "'s", "the most", "in_", "a_[1]", "\\", "~", "=", ":", "0-",
    ];

    public static TheoryData<string> Expressions => [.. All().Select(m => $"{m.DeclaringType!.FullName}.{m.Name}")];

    private static IEnumerable<MethodInfo> All() => new[] { typeof(KnowledgeBase).Assembly, typeof(Program).Assembly }
        .SelectMany(a => a.GetTypes())
        .Where(t => t.Namespace?.StartsWith("IncidentDb", StringComparison.Ordinal) == true)
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(m => m.ReturnType == typeof(Regex) && m.GetParameters().Length == 0 && !m.IsSpecialName);

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_long_hostile_text_is_read_in_time(string expression)
    {
        var regex = (Regex)All().Single(m => $"{m.DeclaringType!.FullName}.{m.Name}" == expression).Invoke(null, null)!;
        regex.MatchTimeout.ShouldBe(TimeSpan.FromMilliseconds(RegexLimit.Milliseconds));
        var limited = new Regex(regex.ToString(), regex.Options | RegexOptions.Compiled, _limit);
        foreach (var part in _hostile)
        {
            var text = string.Concat(Enumerable.Repeat(part, Length / part.Length));
            Should.NotThrow(() => limited.Count(text), $"“{part}”, again and again");
        }
    }
}
