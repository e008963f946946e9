using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IncidentDb.Incidents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IncidentDb.Web.Components;

/// <summary>
/// Parts of a page that depend on one record alone, printed once and kept for as long as its summary is: result lists show the same cards again and again,
/// and building their trees costs more than finding the records. A record that was read anew is printed anew.
/// </summary>
public sealed class KeptFragments(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private readonly ConditionalWeakTable<IncidentSummary, ConcurrentDictionary<Type, MarkupString>> _kept = [];

    /// <summary>A component as it was printed for a record before, or as it is printed now.</summary>
    /// <typeparam name="TFragment">Shows its parameter <c>Incident</c> and depends on nothing else that changes.</typeparam>
    /// <param name="incident">Told apart by reference.</param>
    public MarkupString Of<TFragment>(IncidentSummary incident)
        where TFragment : IComponent
    {
        var kept = _kept.GetOrCreateValue(incident);
        return kept.TryGetValue(typeof(TFragment), out var markup) ? markup : kept[typeof(TFragment)] = Print<TFragment>(incident);
    }

    private MarkupString Print<TFragment>(IncidentSummary incident)
        where TFragment : IComponent
    {
        using var scope = scopes.CreateScope();
        using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Incident"] = incident });
        var html = renderer.Dispatcher.InvokeAsync(() => renderer.BeginRenderingComponent<TFragment>(parameters).ToHtmlString()).GetAwaiter().GetResult();
#pragma warning disable RS0030 // the renderer has escaped it
        return new MarkupString(html);
#pragma warning restore RS0030
    }
}
