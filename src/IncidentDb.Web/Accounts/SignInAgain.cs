using IncidentDb.Web.Http;

namespace IncidentDb.Web.Accounts;

/// <summary>
/// A form that arrives after its session ended is not lost: the sign-in carries every field along and sends them on afterwards, under the eyes of
/// whoever typed them.
/// </summary>
internal static class SignInAgain
{
    /// <summary>Before the names of carried fields, so that they can't be taken for those of the sign-in.</summary>
    public const string Prefix = "carried.";

    public static async Task ShowAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await ErrorPages.WriteAsync(context, StatusCodes.Status401Unauthorized, "Sign in first.");
            return;
        }

        await Pages.Show<SignInAgainPage>(StatusCodes.Status401Unauthorized, new { Target = context.Request.Path.Value + context.Request.QueryString, Fields = await FieldsAsync(context) }).ExecuteAsync(context);
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> FieldsAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        return [.. form.Where(f => f.Key != "__RequestVerificationToken").SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
    }

    /// <summary>The fields that a sign-in carried, with their own names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Carried(IFormCollection form) =>
        [.. form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key[Prefix.Length..], v ?? "")))];
}
