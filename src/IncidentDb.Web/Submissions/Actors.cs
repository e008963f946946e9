using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Submissions;

/// <summary>Who acts on submissions: the account, or whoever opened a tracking link. Its key is kept in a cookie that only that submission's addresses get.</summary>
internal static class Actors
{
    private const string TrackingCookie = "incidentdb-tracking";

    public static Actor Actor(this HttpContext context)
    {
        var visitor = context.Visitor();
        return new Actor(visitor.Account?.Id, visitor.Can(Permissions.Review), visitor.IsKnown ? null : context.Request.Cookies[TrackingCookie]);
    }

    /// <summary>Keeps the key of a tracking link for this browser, for as long as the review may take.</summary>
    public static void Track(HttpContext context, string id, string key) => context.Response.Cookies.Append(TrackingCookie, key, new CookieOptions
    {
        HttpOnly = true,
        Secure = SessionHandler.IsSecure(context, context.RequestServices.GetRequiredService<SiteSettings>()),
        SameSite = SameSiteMode.Lax,
        Path = $"/submissions/{id}",
        MaxAge = TimeSpan.FromDays(90),
        IsEssential = true,
    });

    /// <summary>The link by which the author of a submission without an account comes back; null for others.</summary>
    public static string? TrackingLink(HttpContext context, Submission submission) =>
        submission.TrackingHash is not null && context.Request.Cookies[TrackingCookie] is { } key ? $"{Twins.BaseUrl(context)}/submissions/{submission.Id}?key={Uri.EscapeDataString(key)}" : null;

    /// <summary>
    /// The submission that an address of a page names, or null after the answer is on its way: a link's key becomes a cookie, a stranger without a
    /// name is asked for one, and anybody else learns that there is nothing.
    /// </summary>
    public static Submission? Open(HttpContext context, SubmissionDesk desk, string id, Microsoft.AspNetCore.Components.NavigationManager navigation)
    {
        if (context.Request.Query["key"].ToString() is { Length: > 0 and < 100 } key && !context.Visitor().IsKnown)
        {
            if (desk.Find(id, new Actor(null, false, key)) is not null)
            {
                Track(context, id, key);
                context.Response.Redirect($"/submissions/{id}");
                return null;
            }
        }
        else if (desk.Find(id, context.Actor()) is { } submission)
        {
            return submission;
        }

        if (context.Visitor().IsKnown)
            navigation.NotFound();
        else
            context.Response.Redirect("/login?return=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        return null;
    }
}
