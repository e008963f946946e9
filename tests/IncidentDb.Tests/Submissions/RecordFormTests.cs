using IncidentDb.Incidents;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

public sealed class RecordFormTests
{
    private static FormReading Read(FormFields form, string slug = "a-record") => FormReading.Of(form, slug, Clone.Context(""));

    private static FormFields Form(string slug) =>
        RecordForm.Of(IncidentReader.Read(slug, File.ReadAllText(Path.Combine(Clone.DataPath, "incidents", slug + ".md")), Clone.Context()).Record!);

    [Fact]
    public void Every_record_of_the_clone_is_the_same_after_passing_through_the_form()
    {
        var files = Clone.Data.Incidents().ToList();
        files.Count.ShouldBeGreaterThan(50);
        foreach (var file in files)
        {
            var form = RecordForm.Of(file.Incident!);
            form.Names.ShouldAllBe(n => RecordForm.IsField(n), file.Slug);
            var sent = new FormFields(FormFields.FromJson(form.ToJson()).All.Select(f => KeyValuePair.Create(f.Key, FormFields.Clean(f.Value.ReplaceLineEndings("\r\n")))));
            var read = Read(sent, file.Slug);
            read.Problems.Where(p => p.IsError).Select(p => $"{file.Slug} {p.Field}: {p.Sentence}").ShouldBeEmpty();
            read.Text.ShouldBe(file.Canonical, file.Slug);
            RecordForm.Of(read.Incident!).All.ShouldBe(form.All, file.Slug);
        }
    }

    [Fact]
    public void The_warnings_of_a_form_are_those_of_the_file()
    {
        foreach (var file in Clone.Data.Incidents())
        {
            var read = Read(RecordForm.Of(file.Incident!), file.Slug);
            read.Problems.Select(p => (p.Rule, p.Sentence)).ShouldBe(file.Problems.Select(p => (p.Rule, p.Sentence)), ignoreOrder: true, file.Slug);
        }
    }

    [Fact]
    public void Every_field_that_the_format_declares_is_a_field_of_the_form()
    {
        foreach (var field in IncidentFields.All)
            RecordForm.IsField(field.Key).ShouldBeTrue(field.Key);
        foreach (var heading in SectionHeadings.All)
            RecordForm.IsField($"sections.{heading.Id}").ShouldBeTrue(heading.Id);
    }

    [Theory]
    [InlineData("__RequestVerificationToken")]
    [InlineData("sections.nosuch")]
    [InlineData("nosuch")]
    [InlineData("timeline[400].at")]
    [InlineData("timeline[-1].at")]
    [InlineData("timeline[1")]
    [InlineData("causes[0]x")]
    [InlineData("title<script>")]
    public void A_name_that_the_form_does_not_have_is_no_field(string name) => RecordForm.IsField(name).ShouldBeFalse();

    [Theory]
    [InlineData("started", "2012-04-31", "started", "bad-when")]
    [InlineData("kind", "outage", "kind", "unknown-word")]
    [InlineData("title", "", "title", "missing")]
    [InlineData("severity", "S9", "severity", "unknown-word")]
    [InlineData("impact", "full_outage, nosuch", "impact", "unknown-word")]
    [InlineData("oneLine", "In 2012 it broke.", "oneLine", "sentence-uncited")]
    [InlineData("sections.background", "In 2012 it broke.", "sections.background", "sentence-uncited")]
    [InlineData("sections.background", "Fine.\n\n## Not fine", "sections.background", "heading-in-text")]
    [InlineData("sections.background", "Fine.\n```\ncode", "sections.background", "open-fence")]
    [InlineData("timeline[3].at", "25:00", "timeline[3].at", "bad-when")]
    [InlineData("timeline[3].type", "nosuch", "timeline[3].type", "unknown-word")]
    [InlineData("timeline[3].source", "nosuch", "timeline[3].source", "unknown-source")]
    [InlineData("timeline[3].source", "", "timeline[3].source", "event-uncited")]
    [InlineData("timeline[3].text", "", "timeline[3].text", "timeline-line")]
    [InlineData("timeline[3].actor", "somebody with a role so long that it can only be a part of the sentence itself", "timeline[3].actor", "timeline-line")]
    [InlineData("causes[1].value", "nosuch", "causes[1].key", "unknown-word")]
    [InlineData("causes[1].value", "", "causes[1].value", "row-value")]
    [InlineData("causes[1].key", "", "causes[1].key", "row-key")]
    [InlineData("causes[1].key", "missing-safeguard", "causes[1].key", "duplicate-key")]
    [InlineData("causes[1].text", "In 2012 it broke.", "causes[1].text", "sentence-uncited")]
    [InlineData("causes.blank", "unknown", "causes.blank", "blank-and-value")]
    [InlineData("patterns[0].would_have", "", "patterns[0].key", "pattern-reasons")]
    [InlineData("patterns[0].key", "nosuch", "patterns[0].key", "unknown-slug")]
    [InlineData("companies[1].key", "nosuch", "companies[1].key", "unknown-slug")]
    [InlineData("metrics[0].value", "many", "metrics[0].value", "bad-amount")]
    [InlineData("metrics[0].source", "", "metrics[0].metric", "metric-source")]
    [InlineData("sources[1].url", "javascript:alert(1)", "sources[1].url", "bad-url")]
    [InlineData("sources[1].publisher", "", "sources[1].publisher", "missing")]
    [InlineData("extra", "title: twice", "extra", "duplicate-key")]
    [InlineData("extra", "&a [", "extra", "yaml-feature")]
    [InlineData("sections.hook", "It cost 987654321 dollars.", "sections.hook", "craft-figure")]
    public void What_is_wrong_is_said_of_the_field_it_is_in_and_nothing_typed_is_lost(string field, string value, string expected, string rule)
    {
        var form = Form("facebook-bgp-2021").With(field, value);
        var read = Read(form, "facebook-bgp-2021");
        read.Problems.Where(p => p.IsError).Select(p => (p.Field, p.Rule)).ShouldContain((expected, rule), string.Join("\n", read.Problems));
        read.Text.ShouldBeNull();
        form[field].ShouldBe(value);
    }

    [Fact]
    public void An_empty_form_says_what_a_record_needs()
    {
        var read = Read(FormFields.Empty);
        read.Problems.Where(p => p.IsError).Select(p => p.Field).ShouldBe(["title", "kind", "oneLine", "sections.summary", "companies", "started", "sources", "impact", "severity", "detection", "causes"], ignoreOrder: true);
    }

    [Fact]
    public void A_row_is_put_in_and_taken_out_and_the_others_keep_their_order()
    {
        var form = new FormFields([new("tags", "x"), new("sources[0].key", "a"), new("sources[1].key", "b"), new("sources[1].title", "B"), new("sources[2].key", "c")]);
        form.Rows("sources").ShouldBe(3);
        var more = form.WithRow("sources", 1);
        more.Rows("sources").ShouldBe(4);
        (more["sources[0].key"], more["sources[1].key"], more["sources[2].title"], more["sources[3].key"]).ShouldBe(("a", "", "B", "c"));
        more.WithoutRow("sources", 1).All.ShouldBe(form.All);
        form.WithoutRow("sources", 0)["sources[0].title"].ShouldBe("B");
    }

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("e\u0301", "é")]
    [InlineData("a\0b\u0007c\u007fd", "abcd")]
    [InlineData("😀\tx", "😀\tx")]
    public void A_value_is_kept_as_the_documentation_says(string typed, string kept) => FormFields.Clean(typed).ShouldBe(kept);

    /// <summary>Not in the rows above: an attribute's text can't hold half a pair.</summary>
    [Fact]
    public void Half_a_pair_is_kept_as_the_sign_for_what_could_not_be_read() => FormFields.Clean("half " + '\ud83d' + " pair").ShouldBe("half \ufffd pair");

    [Fact]
    public void A_record_given_as_text_is_judged_as_text()
    {
        var text = File.ReadAllText(Path.Combine(Clone.DataPath, "incidents", "facebook-bgp-2021.md"));
        var read = Read(FormFields.Empty.With(FormFields.Text, text), "facebook-bgp-2021");
        read.Text.ShouldBe(text);
        var broken = Read(FormFields.Empty.With(FormFields.Text, text.Replace("severity: S2", "severity: [")), "facebook-bgp-2021");
        broken.Incident.ShouldBeNull();
        broken.Problems.Single().ShouldSatisfyAllConditions(p => p.Field.ShouldBe(FormFields.Text), p => p.Sentence.ShouldStartWith("Line "));
    }
}
