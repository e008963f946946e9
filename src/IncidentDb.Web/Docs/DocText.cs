using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace IncidentDb.Web.Docs;

/// <summary>A page of our own documentation, built into the program: no stranger's text gets here.</summary>
public sealed class DocText : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public string Text { get; set; } = "";

#pragma warning disable RS0030 // our own text
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, new MarkupString(DocPages.Html(Text)));
#pragma warning restore RS0030
}
