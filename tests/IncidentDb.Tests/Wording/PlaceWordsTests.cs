using IncidentDb.Wording;

namespace IncidentDb.Tests.Wording;

public sealed class PlaceWordsTests
{
    [Theory]
    [InlineData("united-states", "United States")]
    [InlineData("global", "Global")]
    [InlineData("west-europe", "West Europe")]
    [InlineData("us-east-1", "us-east-1")]
    [InlineData("uk-south", "uk-south")]
    [InlineData("asia-east1", "asia-east1")]
    public void A_place_is_written_as_a_name_and_a_code_as_a_code(string slug, string words) => PlaceWords.Of(slug).ShouldBe(words);
}
