using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class SlugTests
{
    [Theory]
    [InlineData("ab", true)]
    [InlineData("knight-capital-2012", true)]
    [InlineData("4sq", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    [InlineData("Knight", false)]
    [InlineData("a_b", false)]
    [InlineData("-ab", false)]
    [InlineData("ab-", false)]
    [InlineData("a b", false)]
    [InlineData("../a", false)]
    [InlineData("café", false)]
    public void A_slug_is_lower_case_letters_digits_and_hyphens(string text, bool valid) => Slug.IsValid(text).ShouldBe(valid);

    [Fact]
    public void A_slug_has_at_most_eighty_characters()
    {
        Slug.IsValid(new string('a', 80)).ShouldBeTrue();
        Slug.IsValid(new string('a', 81)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Knight Capital: 460 M lost!", "knight-capital-460-m-lost")]
    [InlineData("Amazon's S3", "amazons-s3")]
    [InlineData("Amazon’s S3", "amazons-s3")]
    [InlineData("Crédit Agricole", "credit-agricole")]
    [InlineData("  --- a --- b ---  ", "a-b")]
    [InlineData("ﬁre", "fire")]
    [InlineData("x", "record-x")]
    [InlineData("", "record")]
    [InlineData("!!!", "record")]
    [InlineData("東京証券取引所の障害", "record")]
    public void A_slug_is_made_from_a_title(string title, string slug) => Slug.From(title).ShouldBe(slug);

    [Fact]
    public void A_slug_made_from_any_text_is_a_slug()
    {
        foreach (var text in Hostile.Strings("blns.json").Append(new string('a', 500)).Append(string.Concat(Enumerable.Repeat("a-", 90))))
            Slug.IsValid(Slug.From(text)).ShouldBeTrue($"“{text}” → “{Slug.From(text)}”");
    }

    [Theory]
    [InlineData("knight-capital-2012", "knight-capital-2012")]
    [InlineData(" https://incidents.example/incidents/knight-capital-2012/ ", "knight-capital-2012")]
    [InlineData("https://incidents.example/incidents/knight-capital-2012?q=flag&hit=1#line", "knight-capital-2012")]
    [InlineData("https://incidents.example/incidents/knight-capital-2012#timeline", "knight-capital-2012")]
    [InlineData("/incidents/knight-capital-2012?q=/incidents/other", "knight-capital-2012")]
    [InlineData("incidents.example/Incidents/knight-capital-2012.json", "knight-capital-2012")]
    [InlineData("https://incidents.example/incidents/knight-capital-2012/history/compare?from=1&to=2", "knight-capital-2012")]
    [InlineData("https://incidents.example/incidents?q=flag", "https://incidents.example/incidents?q=flag")]
    [InlineData("what is /dev/null?", "what is /dev/null?")]
    [InlineData("", "")]
    public void An_address_as_it_is_copied_names_its_record(string text, string slug) => Slug.OfAddress(text).ShouldBe(slug);
}
