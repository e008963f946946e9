using Microsoft.AspNetCore.Components;

namespace IncidentDb.Web.Http;

/// <summary>Old addresses: an alias or former slug answers 301, anything else is not found.</summary>
internal static class Former
{
    public static void Follow(HttpContext context, NavigationManager navigation, string? now)
    {
        if (now is null)
            navigation.NotFound();
        else
            context.Response.Redirect(now, permanent: true);
    }

    public static IResult Follow(string? now, string sentence) => now is null ? Twins.NotFound(sentence) : Results.Redirect(now, permanent: true);
}
