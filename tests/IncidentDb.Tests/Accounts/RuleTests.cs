using IncidentDb.Accounts;

namespace IncidentDb.Tests.Accounts;

public sealed class RuleTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("password1234")]
    [InlineData("PassWord1234")]
    [InlineData("P@ssw0rd1234")]
    [InlineData("qwertyuiop12")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abababababababab")]
    [InlineData("contributor-test")]
    [InlineData("contributor-test1")]
    [InlineData("incidentdb123")]
    [InlineData("correcthorsebatterystaple")]
    public void A_password_that_is_guessed_first_is_refused(string password) =>
        PasswordRules.Check(password, "contributor-test", "Test contributor").ShouldNotBeNull();

    [Theory]
    [InlineData("a quiet harbour wall")]
    [InlineData("nine rusty lamps")]
    [InlineData("日本語の長い合言葉です本当")]
    [InlineData("xK4#mmQ!09zz")]
    [InlineData("the contributor-test of seven hills")]
    public void A_password_of_twelve_characters_that_nobody_guesses_is_taken(string password) =>
        PasswordRules.Check(password, "contributor-test", "Test contributor").ShouldBeNull();

    [Fact]
    public void A_password_of_a_thousand_characters_is_refused_without_being_hashed() => PasswordRules.Check(new string('x', 100) + "yzab" + new string('w', 900)).ShouldNotBeNull();

    [Fact]
    public void The_list_of_common_passwords_has_three_thousand_that_are_long_enough_to_matter() => PasswordRules.CommonCount.ShouldBeGreaterThan(3_000);

    [Theory]
    [InlineData("a")]
    [InlineData("two words")]
    [InlineData("-begins-with-a-hyphen")]
    [InlineData("näme")]
    [InlineData("line\nfeed")]
    [InlineData("a-name-of-more-than-forty-characters-is-too-long")]
    public void A_sign_in_name_that_could_be_mistaken_is_refused(string name) => AccountRules.CheckName(name).ShouldNotBeNull();

    [Theory]
    [InlineData("\u202Eevil")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("\u0007bell")]
    [InlineData("x")]
    [InlineData("!!!")]
    public void A_credit_name_with_invisible_signs_is_refused(string name) => AccountRules.CheckCreditName(name).ShouldNotBeNull();

    [Theory]
    [InlineData("Ада Лавлейс")]
    [InlineData("山田")]
    [InlineData("O'Neil-Smith, Jr.")]
    public void A_credit_name_of_any_script_is_taken(string name) => AccountRules.CheckCreditName(name).ShouldBeNull();
}
