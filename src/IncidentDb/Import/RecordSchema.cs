using System.Text.Json.Nodes;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Import;

/// <summary>JSON Schema (2020-12) of the front matter of each noun.</summary>
public static class RecordSchema
{
    public static JsonObject For(Noun noun, VocabularySet words)
    {
        IEnumerable<string> Words(string vocabulary) => words.Slugs(vocabulary);
        var schema = noun switch
        {
            Noun.Incident => Fields.Schema(IncidentFields.All, Words),
            Noun.Pattern => Fields.Schema(PatternFile.All, Words),
            Noun.Company => Fields.Schema(CompanyFile.All, Words),
            Noun.Episode => Fields.Schema(EpisodeFile.All, Words),
            _ => Vocabulary(Words),
        };
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = $"IncidentDb {noun.ToString().ToLowerInvariant()}";
        return schema;
    }

    private static JsonObject Vocabulary(VocabularySchema words) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("title", "terms"),
        ["properties"] = new JsonObject
        {
            ["title"] = new JsonObject { ["type"] = "string" },
            ["terms"] = new JsonObject { ["type"] = "array", ["items"] = Fields.Schema(VocabularyFile.TermFields, words) },
        },
    };
}
