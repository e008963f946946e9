using System.Globalization;
using IncidentDb.PrepSheets;

namespace IncidentDb.Web.Copies;

/// <summary>What is said of kept copies in more than one place.</summary>
internal static class CopyWords
{
    public static string Changed(KeptCopy copy) => copy.ChangedAt.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Thousands of bytes, at least one; from a million on, millions.</summary>
    public static string Size(long bytes) => bytes >= 1_000_000
        ? (bytes / 1_000_000m).ToString("0.#", CultureInfo.InvariantCulture) + " MB"
        : Math.Max(1, (bytes + 500) / 1000).ToString(CultureInfo.InvariantCulture) + " kB";

    public static string FileName(PrepRequest of) => $"{of.Episode ?? of.Incidents.FirstOrDefault("sheet")}-{of.Minutes.ToString(CultureInfo.InvariantCulture)}-min.copy.json";

    /// <summary>Why a copy was not kept; nothing that was typed is lost by it.</summary>
    public static string Problem(KeepOutcome outcome) => outcome switch
    {
        KeepOutcome.Stale => "It was saved elsewhere since you opened it.",
        KeepOutcome.Missing => "It is no longer among your copies: it was deleted since you opened it. What you typed is still here; “Keep with my account” keeps it as a new copy.",
        KeepOutcome.TooMany => $"You keep {CopyStore.MostCopies} copies, as many as an account can. Delete one in another tab, or download this one. What you typed is still here.",
        KeepOutcome.TooLarge => $"With this copy yours would be larger than {Size(CopyStore.MostBytes)} together. Delete one in another tab, or download this one. What you typed is still here.",
        _ => "",
    };
}
