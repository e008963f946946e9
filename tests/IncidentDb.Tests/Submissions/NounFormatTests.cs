using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>Companies, patterns and episodes pass through the form as incidents do.</summary>
public sealed class NounFormatTests
{
    public static TheoryData<Noun> Nouns => [Noun.Company, Noun.Pattern, Noun.Episode];

    private static IReadOnlyList<DataFile> Files(Noun noun)
    {
        var files = Clone.Data.Files.Where(f => f.Noun == noun).ToList();
        files.Count.ShouldBeGreaterThan(50);
        return files;
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Every_record_of_the_clone_is_the_same_after_passing_through_the_form(Noun noun)
    {
        var format = NounFormat.Of(noun);
        foreach (var file in Files(noun))
        {
            var form = RecordForm.Of(format.Read(file.Slug, file.Text!, Clone.Context("")).Record!);
            form.Names.ShouldAllBe(n => RecordForm.IsField(n, noun), file.Slug);
            var sent = new FormFields(FormFields.FromJson(form.ToJson()).All.Select(f => KeyValuePair.Create(f.Key, FormFields.Clean(f.Value.ReplaceLineEndings("\r\n")))));
            var read = FormReading.Of(sent, file.Slug, Clone.Context(""), noun);
            read.Problems.Select(p => (p.Rule, p.Sentence)).ShouldBe(file.Problems.Select(p => (p.Rule, p.Sentence)), ignoreOrder: true, file.Slug);
            read.Text.ShouldBe(file.Canonical, file.Slug);
            RecordForm.Of(read.Record!).All.ShouldBe(form.All, file.Slug);
            FormReading.Of(FormFields.Empty.With(FormFields.Text, file.Text!), file.Slug, Clone.Context(""), noun).Text.ShouldBe(file.Canonical, file.Slug);
        }
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Taken_apart_into_units_and_merged_with_what_touches_nothing_of_it_a_record_is_the_same(Noun noun)
    {
        var format = NounFormat.Of(noun);
        foreach (var file in Files(noun))
        {
            var form = RecordForm.Of(format.Read(file.Slug, file.Text!, Clone.Context("")).Record!);
            RecordUnits.Changes(form, RecordUnits.ToForm(RecordUnits.Of(form, noun)), noun).ShouldBeEmpty(file.Slug);
            var (merged, conflicts) = RecordUnits.Merge(form, form, form.With(format.TitleKey, "Another one"), noun: noun);
            conflicts.ShouldBeEmpty(file.Slug);
            RecordUnits.Changes(form, merged!, noun).Select(c => c.Name).ShouldBe([format.TitleKey], file.Slug);
            FormReading.Of(merged!.With(format.TitleKey, form[format.TitleKey]), file.Slug, Clone.Context(""), noun).Text.ShouldBe(file.Canonical, file.Slug);
        }
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Every_field_and_heading_stands_in_one_section_of_the_form(Noun noun)
    {
        var format = NounFormat.Of(noun);
        var placed = format.Form.SelectMany(s => s.Fields).ToList();
        placed.ShouldBeUnique();
        string[] beside = format.HasText ? [RecordForm.OneLine, RecordForm.Other, RecordForm.Extra] : [RecordForm.Extra];
        placed.ShouldBe(format.Fields.Select(f => f.Key).Concat(format.Headings.Select(h => $"sections.{h.Id}")).Concat(beside), ignoreOrder: true);
        placed.ShouldAllBe(n => RecordForm.IsField(n, noun));
    }

    [Fact]
    public void A_heading_id_means_one_heading_in_all_formats() =>
        NounFormat.All.SelectMany(f => f.Headings).Select(h => h.Id).ShouldBeUnique();

    [Theory]
    [InlineData(Noun.Company, "title")]
    [InlineData(Noun.Company, "oneLine")]
    [InlineData(Noun.Company, "timeline[0].at")]
    [InlineData(Noun.Company, "other[0].key")]
    [InlineData(Noun.Company, "sections.problem")]
    [InlineData(Noun.Pattern, "sections.notes")]
    [InlineData(Noun.Pattern, "causes[0].key")]
    [InlineData(Noun.Episode, "timeline[0].at")]
    public void A_field_of_another_noun_is_none(Noun noun, string name) => RecordForm.IsField(name, noun).ShouldBeFalse();

    [Fact]
    public void What_stands_under_a_heading_of_its_own_is_kept()
    {
        const string episode = "---\nseries: advanced-topics\ntitle: A title\nstatus: idea\nnew_key: kept\n---\nWhat it is about.\n\n## Notes\nA note.\n\n## A heading of our own\nKept as it stands.\n";
        var read = FormReading.Of(FormFields.Empty.With(FormFields.Text, episode), "an-episode", Clone.Context(""), Noun.Episode);
        read.Text.ShouldBe(episode);
        FormReading.Of(RecordForm.Of(read.Record!), "an-episode", Clone.Context(""), Noun.Episode).Text.ShouldBe(episode);
    }

    [Fact]
    public void Patterns_without_time_marks_and_with_some_are_rows_of_one_form()
    {
        const string episode = "---\nseries: advanced-topics\ntitle: A title\nstatus: idea\npatterns: [failover, quorum]\n---\nWhat it is about.\n";
        var form = RecordForm.Of(FormReading.Of(FormFields.Empty.With(FormFields.Text, episode), "an-episode", Clone.Context(""), Noun.Episode).Record!);
        form["patterns[1].key"].ShouldBe("quorum");
        FormReading.Of(form.With("patterns[1].value", "12:30"), "an-episode", Clone.Context(""), Noun.Episode).Text!.ShouldContain("patterns: {failover: \"-\", quorum: 12:30}");
        FormReading.Of(form.With("patterns[1].value", "soon"), "an-episode", Clone.Context(""), Noun.Episode).Problems.Single(p => p.IsError).ShouldSatisfyAllConditions(
            p => p.Rule.ShouldBe("time-mark"), p => p.Field.ShouldStartWith("patterns"));
    }

    [Fact]
    public void What_the_rules_object_to_leads_to_its_field_and_in_a_text_to_its_line()
    {
        var company = FormFields.Empty.With("name", "A company").With("sector", "nosuch").With("scale_metrics[2].text", "9 servers").With("scale_metrics[2].as_of", "soon").With("scale_metrics[2].source", "nowhere")
            .With("cost_insights[1].text", "It saved much.").With("cost_insights[1].source", "nowhere");
        var read = FormReading.Of(company, "a-company", Clone.Context(""), Noun.Company);
        read.Problems.Where(p => p.IsError).Select(p => p.Field).ShouldBe(["sector", "scale_metrics[2].as_of", "cost_insights[1].text"], ignoreOrder: true);
        read.Text.ShouldBeNull();
        var text = FormReading.Of(FormFields.Empty.With(FormFields.Text, "name: A company\nsector: nosuch\n"), "a-company", Clone.Context(""), Noun.Company);
        text.Problems.Single(p => p.IsError).ShouldSatisfyAllConditions(p => p.Field.ShouldBe("text"), p => p.Sentence.ShouldStartWith("Line 2: "));
    }

    [Fact]
    public void Lines_that_two_changed_in_different_places_are_merged_and_in_one_place_are_a_conflict()
    {
        var form = FormFields.Empty.With("name", "A company")
            .With("scale_metrics[0].text", "9 servers").With("scale_metrics[0].as_of", "2015").With("scale_metrics[0].source", "s1")
            .With("scale_metrics[1].text", "3 sites").With("scale_metrics[1].as_of", "2015").With("scale_metrics[1].source", "s1");
        var (merged, none) = RecordUnits.Merge(form, form.With("scale_metrics[0].as_of", "2016"), form.With("scale_metrics[1].text", "4 sites"), noun: Noun.Company);
        none.ShouldBeEmpty();
        (merged!["scale_metrics[0].as_of"], merged["scale_metrics[1].text"]).ShouldBe(("2016", "4 sites"));
        var (undecided, conflicts) = RecordUnits.Merge(form, form.With("scale_metrics[1].text", "5 sites"), form.With("scale_metrics[1].text", "4 sites"), noun: Noun.Company);
        undecided.ShouldBeNull();
        conflicts.Select(c => (c.Name, c.Label)).ShouldBe([("scale_metrics.2", "Scale metrics, line 2")]);
    }
}
