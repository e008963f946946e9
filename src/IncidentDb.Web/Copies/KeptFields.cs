using System.Globalization;
using IncidentDb.PrepSheets;

namespace IncidentDb.Web.Copies;

/// <summary>Which copy of the account a form goes on with. It goes from form to form with what was typed, and is believed when the copy is kept, not before.</summary>
/// <param name="Id">Empty for a copy that was not kept yet.</param>
/// <param name="Version">The version that the form began with.</param>
/// <param name="Name">As typed.</param>
public sealed record KeptFields(string Id, int Version, string Name)
{
    public static readonly KeptFields None = new("", 0, "");

    public bool IsKept => Id.Length > 0;

    public static KeptFields Of(KeptCopy copy) => new(copy.Id, copy.Version, copy.Name);

    public static KeptFields Read(IFormCollection form, List<string> notices) => new(
        form["kept"].ToString() is { Length: <= 20 } id && id.All(char.IsAsciiLetterOrDigit) ? id : "",
        int.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
        PrepSheets.CopyFields.Name(form, notices));
}
