namespace IncidentDb.Accounts;

/// <summary>
/// Passwords of twelve characters and more that people choose again and again. They are not a copied list: they are made here from the parts such
/// passwords are made of, which anybody can read below — a common word with the endings that forms ask for, a word twice, a phrase, a run of keys.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Words that stand at the head of every published statistic of passwords, and those that lie near here.</summary>
    private const string Words =
        "password passwort welcome letmein changeme secret admin administrator root login access master default guest user test testing temp temporary "
        + "dragon monkey shadow sunshine princess football baseball basketball soccer hockey superman batman spiderman pokemon starwars ninja killer "
        + "hunter ranger buster thunder tigger pepper ginger charlie michael jennifer jordan daniel andrew joshua matthew thomas robert william jessica "
        + "ashley nicole amanda michelle george maggie bailey summer winter spring autumn january february march april june july august september october "
        + "november december monday tuesday wednesday thursday friday saturday sunday london paris berlin boston chicago dallas texas california america "
        + "england ireland canada australia germany france spain italy india china japan arsenal chelsea liverpool barcelona realmadrid juventus lakers "
        + "cowboys yankees ferrari mercedes porsche corvette mustang harley yamaha honda toyota computer internet windows samsung google facebook twitter "
        + "amazon netflix microsoft apple android linux debian ubuntu github gitlab jenkins docker kubernetes database server network security company "
        + "business office manager support service system production staging developer engineer incident incidentdb postmortem outage family mother "
        + "father brother sister forever freedom heaven angel diamond silver golden purple orange yellow black white green flower butterfly rainbow "
        + "cookie chocolate banana cherry coffee cheese hello helloworld iloveyou loveme lovely friends together everything something anything nothing "
        + "whatever trustno one1 matrix phoenix wizard magic gandalf zelda mario crystal crazy happy lucky music guitar nirvana metallica slipknot "
        + "qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbnm abc123 abcdef 1q2w3e 1q2w3e4r 1qaz2wsx qazwsx zaq12wsx";

    private static readonly string[] _ends =
    [
        "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "321", "54321", "654321", "007", "69", "77", "88", "99", "00", "000", "111",
        "1111", "2000", "1!", "12!", "123!", "1234!", "12345!", "!", "!!", "!!!", "@123", "@1234", "#123", "#1234", "!123", "abc", "abc123", "qwerty", "qwe", "me", "forever", "4ever",
        "rocks", "rules", "pass", "password", "isgreat", "ismine",
    ];

    private static readonly string[] _starts = ["123", "my", "the", "ilove", "i love ", "welcome", "welcometo", "new", "your", "this is my "];

    /// <summary>Runs that fingers make: rows of keys, the alphabet, the digits.</summary>
    private static readonly string[] _runs =
    [
        "1234567890", "0987654321", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
        "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujmikolp", "zaq1xsw2cde3vfr4bgt5nhy6", "a1b2c3d4e5f6g7h8i9", "1a2b3c4d5e6f7g8h9i", "q1w2e3r4t5y6u7i8o9p0", "asdfghjklqwertyuiop",
        "poiuytrewqlkjhgfdsamnbvcxz", "1029384756", "13579", "02468", "147258369", "159357", "qweasdzxc", "123qwe", "qwe123", "asd123", "abc123", "1a2s3d4f5g6h", "112233445566778899", "102030405060",
    ];

    private static readonly string[] _phrases =
    [
        "correct horse battery staple", "correcthorsebatterystaple", "let me in please", "letmeinplease", "open sesame", "opensesame123", "i love you so much", "iloveyousomuch", "to be or not to be",
        "may the force be with you", "maytheforcebewithyou", "the quick brown fox", "thequickbrownfox", "hello world hello", "nobody knows this", "this is a password", "thisisapassword",
        "thisismypassword", "my password is password", "password password", "no password here", "i forgot my password", "iforgotmypassword", "change me please", "changemeplease",
        "change this password", "changethispassword", "never gonna give you up", "nevergonnagiveyouup", "trustno1trustno1", "12 monkeys 12", "administrator", "passwordpassword",
    ];

    /// <summary>All of them, in lower case.</summary>
    public static HashSet<string> Make()
    {
        var words = Words.Split(' ');
        var all = new HashSet<string>(_phrases, StringComparer.Ordinal);
        var years = Enumerable.Range(1980, 60).Select(y => y.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        foreach (var word in words)
        {
            all.UnionWith(_ends.Concat(years).Concat(years.Select(y => y + "!")).Select(end => word + end));
            all.UnionWith(_starts.Select(start => start + word).Concat(_starts.Select(start => start + word + "123")));
            all.UnionWith([word + word, word + word + "1", word + word + "123", word + word + word, $"{word}is{word}", $"{word} {word}", $"123{word}123"]);
        }

        foreach (var run in _runs)
        {
            var round = string.Concat(Enumerable.Repeat(run, PasswordRules.MaxLength / run.Length + 1));
            for (var from = 0; from < run.Length; from++)
            {
                for (var length = PasswordRules.MinLength; length <= 32 && from + length <= round.Length; length++)
                    all.Add(round.Substring(from, length));
            }
        }

        all.RemoveWhere(p => p.Length < PasswordRules.MinLength);
        return all;
    }
}
