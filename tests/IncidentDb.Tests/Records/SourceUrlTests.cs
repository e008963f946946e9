using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class SourceUrlTests
{
    [Theory]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("http://www.Example.ORG/A/", "https://example.org/A")]
    [InlineData("https://example.org", "https://example.org")]
    [InlineData("https://example.org/", "https://example.org")]
    [InlineData("https://example.org:443/a", "https://example.org/a")]
    [InlineData("http://example.org:8080/a", "https://example.org:8080/a")]
    [InlineData("https://example.org/a#part", "https://example.org/a")]
    [InlineData("https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://example.org/a?id=7")]
    [InlineData("https://example.org/a?utm_source=x", "https://example.org/a")]
    [InlineData("https://example.org/a?b=1&a=2", "https://example.org/a?b=1&a=2")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://BÜCHER.example/ä", "https://xn--bcher-kva.example/%C3%A4")]
    [InlineData("  https://example.org/a ", "https://example.org/a")]
    [InlineData("https://web.archive.org/web/20130504225906/http://www.example.org/a/", "https://example.org/a")]
    [InlineData("https://web.archive.org/web/20130504225906if_/http://example.org/a", "https://example.org/a")]
    [InlineData("http://web.archive.org/web/2013/example.org/a", "https://example.org/a")]
    [InlineData("https://archive.ph/20130504/https://example.org/a", "https://example.org/a")]
    [InlineData("https://archive.today/o/AbCd1/https://example.org/a#x", "https://example.org/a")]
    [InlineData("https://archive.is/newest/http://example.org/a", "https://example.org/a")]
    [InlineData("https://web.archive.org/web/2014/https://web.archive.org/web/2013/http://example.org/a", "https://example.org/a")]
    [InlineData("https://web.archive.org/web/2013*/example", "https://web.archive.org/web/2013*/example")]
    [InlineData("https://archive.ph/AbCd1", "https://archive.ph/AbCd1")]
    [InlineData("https://www.web.archive.org/web/2013/http://example.org/a", "https://example.org/a")]
    [InlineData("https://archive.ph/o/a/", "https://archive.ph/o/a")]
    [InlineData("https://archive.ph/o/a/http:///x", "https://archive.ph/o/a/http:///x")]
    [InlineData("https://example.org/@somebody/a@b", "https://example.org/@somebody/a@b")]
    [InlineData("http://[2001:DB8::1]:8080/a", "https://[2001:db8::1]:8080/a")]
    [InlineData("https://www.sec.gov/a.pdf", "https://sec.gov/a.pdf")]
    public void One_document_has_one_canonical_address(string url, string canonical)
    {
        SourceUrl.Canonical(url).ShouldBe(canonical);
        SourceUrl.Canonical(canonical).ShouldBe(canonical);
    }

    [Theory]
    [InlineData("example.org/a")]
    [InlineData("ftp://example.org/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//example.org/a")]
    [InlineData("/a")]
    [InlineData("https://")]
    [InlineData("https://user:secret@example.org/a")]
    [InlineData("https://user@example.org/a")]
    [InlineData("https://@example.org/a")]
    [InlineData("https://example.org/a\u202eb")]
    [InlineData("https://example\u200b.org/a")]
    [InlineData("https://xn--a\ud83d\ude00/a")]
    [InlineData("https://example.org/a b")]
    [InlineData("https://example.org/a\nb")]
    [InlineData("https://example.org/\"onclick=x")]
    [InlineData("https://example.org/<b>")]
    [InlineData("https://example.org\\@evil.example")]
    [InlineData("java\u0000script:alert(1)")]
    public void What_cannot_be_linked_is_no_address(string url)
    {
        SourceUrl.IsValid(url).ShouldBeFalse();
        SourceUrl.Canonical(url).ShouldBeNull();
    }

    [Fact]
    public void An_address_has_at_most_two_thousand_characters()
    {
        SourceUrl.IsValid("https://example.org/".PadRight(SourceUrl.MaxLength, 'a')).ShouldBeTrue();
        SourceUrl.IsValid("https://example.org/".PadRight(SourceUrl.MaxLength + 1, 'a')).ShouldBeFalse();
    }

    [Fact]
    public void Random_addresses_never_throw_and_what_can_be_linked_has_a_canonical_form()
    {
        var random = Seed.Draw();
        string[] parts = ["http", "https", "://", "www.", "example", ".org", "xn--", "xn--a", "ü", "[::1]", "[", "%", "%00", "%zz", ":", "80", "443", "99999", "/", "//", "?", "&", "utm_a=b", "=", "#", "@", ".", "..", "web.archive.org/web/2013/", "archive.ph/o/a/", "\u202e", "\ud83d\ude00", "。", "1", "0x7f.1", "\\", " "];
        for (var i = 0; i < 50_000; i++)
        {
            var url = (random.Next(3) > 0 ? "https://" : "") + string.Concat(Enumerable.Range(0, random.Next(0, 10)).Select(_ => random.Pick(parts)));
            var canonical = Should.NotThrow(() => SourceUrl.Canonical(url), url);
            (canonical is not null).ShouldBe(SourceUrl.IsValid(url.Trim()), url);
            canonical?.ShouldStartWith("https://");
        }
    }
}
