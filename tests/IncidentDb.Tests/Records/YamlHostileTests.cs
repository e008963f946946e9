using System.Text;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

[Collection(nameof(Alone))]
public sealed class YamlHostileTests
{
    private const int Limit = 200;

    [Fact]
    public void Every_YAML_generator_is_refused_at_once()
    {
        var generators = Hostile.Generators("yaml_json_hostile.json", "yaml-").Append(new("alias-bomb", Hostile.Json("yaml_json_hostile.json").GetProperty("yaml_alias_bomb").GetString()!)).ToList();
        generators.Count.ShouldBeGreaterThan(4);
        foreach (var (name, yaml) in generators)
        {
            var problems = Fast.Within(Limit, name, () =>
            {
                var context = Clone.Context();
                var map = YamlTree.ReadMap(yaml, 1, context);
                return map is null ? context.Problems : [];
            });
            problems.ShouldHaveSingleItem(name).Line.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Every_generator_as_a_record_is_refused_at_once()
    {
        foreach (var (name, text) in Hostile.Generators("yaml_json_hostile.json"))
        {
            var bytes = Encoding.UTF8.GetBytes(name.StartsWith("yaml", StringComparison.Ordinal) ? $"---\n{text}\n---\nA line.\n" : text);
            var file = Fast.Within(Limit, name, () => Clone.Data.ReadIncident("hostile", "incidents/hostile.md", bytes));
            file.HasErrors.ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Odd_YAML_is_read_as_text_or_refused_and_never_obeyed()
    {
        foreach (var yaml in Hostile.Strings("yaml_json_hostile.json", "yaml"))
        {
            var context = Clone.Context();
            Should.NotThrow(() => YamlTree.ReadMap(yaml, 1, context), yaml);
            if (yaml.Contains('!') || yaml.Contains('*'))
                context.Problems.ShouldHaveSingleItem(yaml).Rule.ShouldBe("yaml-feature");
        }
    }

    [Fact]
    public void Random_bytes_of_YAML_never_throw()
    {
        var random = Seed.Draw();
        string[] parts = ["[", "]", "{", "}", ": ", "- ", "? ", ",", "\n", "  ", "#", "&a ", "*a", "!t ", "|", ">", "\"", "'", "\\", "%", "@", "---\n", "...", "a", "é", "\u2028", "\ud83d\ude00", "<<", "~", "=", "\\u", "0", ":"];
        for (var i = 0; i < 20_000; i++)
        {
            var yaml = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => random.Pick(parts)));
            Should.NotThrow(() => YamlTree.ReadMap(yaml, 1, Clone.Context()), yaml);
        }
    }

    [Fact]
    public void Records_with_a_part_cut_out_doubled_or_swapped_never_throw()
    {
        var random = Seed.Draw();
        for (var i = 0; i < 1_500; i++)
        {
            var text = new StringBuilder(random.Next(2) == 0 ? Sample.Record : Sample.CaseStudy);
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var (at, to) = (random.Next(text.Length), random.Next(text.Length));
                var part = text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at));
                if (random.Next(2) == 0)
                    text.Remove(at, part.Length);
                else
                    text.Insert(to, part);
            }

            Should.NotThrow(
                () =>
                {
                    var file = Clone.Data.ReadIncident("broken-record", "x.md", Encoding.UTF8.GetBytes(text.ToString()));
                    if (!file.HasErrors)
                        IncidentProjection.Of(file.Incident!);
                },
                text.ToString());
        }
    }
}
