using System.Text.Json.Serialization;

namespace IncidentDb.Incidents;

/// <summary>How the database keeps records as JSON; internal to the store, the site's own JSON has its own shapes.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IncidentSummary))]
[JsonSerializable(typeof(IncidentHtml))]
internal sealed partial class IncidentJson : JsonSerializerContext;
