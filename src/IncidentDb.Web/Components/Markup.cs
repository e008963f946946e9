using IncidentDb.Markup;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace IncidentDb.Web.Components;

/// <summary>The one place where HTML is printed as it is: only what the Markdown renderer made gets here.</summary>
public sealed class Markup : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public SafeHtml Html { get; set; }

#pragma warning disable RS0030 // this is the place the rule points to
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, new MarkupString(Html.Html));

    /// <summary>The same without a component of its own, for lists of many.</summary>
    public static MarkupString Of(SafeHtml html) => new(html.Html);
#pragma warning restore RS0030
}
