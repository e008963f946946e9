namespace IncidentDb.Search.Analysis;

/// <summary>
/// The English (Porter 2) stemming algorithm by Martin Porter, https://snowballstem.org/algorithms/english/stemmer.html. Words with
/// digits or signs are left as they are.
/// </summary>
public static class EnglishStemmer
{
    private static readonly Dictionary<string, string> _exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl",
        ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe",
        ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> _invariantAfter1A = new(StringComparer.Ordinal) { "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed" };

    private static readonly (string Suffix, string Replacement)[] _step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"),
        ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string Replacement)[] _step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] _step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    public static string Stem(string word)
    {
        if (word.Length <= 2 || word.AsSpan().IndexOfAnyExceptInRange('a', 'z') >= 0)
            return word;
        if (_exceptions.TryGetValue(word, out var exception))
            return exception;
        Span<char> buffer = stackalloc char[word.Length + 2];
        word.CopyTo(buffer);
        var w = new Stemming(buffer, word.Length);
        w.MarkConsonantY();
        var (r1, r2) = w.Regions();
        w.Step1A();
        if (_invariantAfter1A.Contains(w.Text.ToString()))
            return w.Text.ToString();
        w.Step1B(r1);
        w.Step1C();
        w.Replace(_step2, r1, step2: true, r2);
        w.Replace(_step3, r1, step2: false, r2);
        w.Step4(r2);
        w.Step5(r1, r2);
        return w.Text.ToString().Replace('Y', 'y');
    }

    private ref struct Stemming(Span<char> buffer, int length)
    {
        private readonly Span<char> _buffer = buffer;
        private int _length = length;

        public readonly ReadOnlySpan<char> Text => _buffer[.._length];

        /// <summary>A y at the beginning or after a vowel is a consonant: written Y.</summary>
        public readonly void MarkConsonantY()
        {
            for (var i = 0; i < _length; i++)
            {
                if (_buffer[i] == 'y' && (i == 0 || IsVowel(_buffer[i - 1])))
                    _buffer[i] = 'Y';
            }
        }

        public readonly (int R1, int R2) Regions()
        {
            var text = Text;
            int r1;
            if (text.StartsWith("gener") || text.StartsWith("arsen"))
                r1 = 5;
            else if (text.StartsWith("commun"))
                r1 = 6;
            else
                r1 = After(text, 0);
            return (r1, After(text, r1));
        }

        /// <summary>The index after the first consonant that follows a vowel, from <paramref name="start"/>.</summary>
        private static int After(ReadOnlySpan<char> text, int start)
        {
            for (var i = start + 1; i < text.Length; i++)
            {
                if (!IsVowel(text[i]) && IsVowel(text[i - 1]))
                    return i + 1;
            }

            return text.Length;
        }

        public void Step1A()
        {
            if (Ends("sses"))
                _length -= 2;
            else if (Ends("ied") || Ends("ies"))
                _length -= _length > 4 ? 2 : 1;
            else if (Ends("us") || Ends("ss"))
                return;
            else if (Ends("s") && HasVowel(_length - 2))
                _length--;
        }

        public void Step1B(int r1)
        {
            if (Ends("eedly") || Ends("eed"))
            {
                var cut = Ends("eedly") ? 5 : 3;
                if (_length - cut >= r1)
                    _length = _length - cut + 2;
                return;
            }

            var suffix = Ends("ingly") || Ends("edly") ? (Ends("ingly") ? 5 : 4) : Ends("ing") ? 3 : Ends("ed") ? 2 : 0;
            if (suffix == 0 || !HasVowel(_length - suffix))
                return;
            _length -= suffix;
            if (Ends("at") || Ends("bl") || Ends("iz"))
                _buffer[_length++] = 'e';
            else if (EndsInDouble())
                _length--;
            else if (IsShort(r1))
                _buffer[_length++] = 'e';
        }

        public readonly void Step1C()
        {
            if (_length > 2 && _buffer[_length - 1] is 'y' or 'Y' && !IsVowel(_buffer[_length - 2]))
                _buffer[_length - 1] = 'i';
        }

        public void Replace((string Suffix, string Replacement)[] rules, int r1, bool step2, int r2)
        {
            foreach (var (suffix, replacement) in rules)
            {
                if (!Ends(suffix))
                    continue;
                var at = _length - suffix.Length;
                if (at < r1)
                    return;
                if (suffix == "ogi" && (at == 0 || _buffer[at - 1] != 'l'))
                    return;
                if (step2 && suffix == "li" && (at == 0 || !"cdeghkmnrt".Contains(_buffer[at - 1])))
                    return;
                if (suffix == "ative" && at < r2)
                    return;
                replacement.CopyTo(_buffer[at..]);
                _length = at + replacement.Length;
                return;
            }
        }

        public void Step4(int r2)
        {
            foreach (var suffix in _step4)
            {
                if (!Ends(suffix))
                    continue;
                var at = _length - suffix.Length;
                if (at >= r2 && (suffix != "ion" || (at > 0 && _buffer[at - 1] is 's' or 't')))
                    _length = at;
                return;
            }
        }

        public void Step5(int r1, int r2)
        {
            if (_length == 0)
                return;
            var last = _buffer[_length - 1];
            var at = _length - 1;
            if (last == 'e' && (at >= r2 || (at >= r1 && !EndsInShortSyllable(at))))
                _length--;
            else if (last == 'l' && at >= r2 && _length > 1 && _buffer[_length - 2] == 'l')
                _length--;
        }

        private readonly bool Ends(ReadOnlySpan<char> suffix) => Text.EndsWith(suffix);

        private readonly bool HasVowel(int count) => count > 0 && Text[..count].IndexOfAny("aeiouy") >= 0;

        private readonly bool EndsInDouble() => _length > 1 && _buffer[_length - 1] == _buffer[_length - 2] && "bdfgmnprt".Contains(_buffer[_length - 1]);

        private readonly bool IsShort(int r1) => r1 >= _length && EndsInShortSyllable(_length);

        /// <summary>A vowel between a consonant and a consonant other than w, x, Y; or a vowel at the beginning and a consonant.</summary>
        private readonly bool EndsInShortSyllable(int end)
        {
            if (end == 2)
                return IsVowel(_buffer[0]) && !IsVowel(_buffer[1]);
            return end > 2 && !IsVowel(_buffer[end - 3]) && IsVowel(_buffer[end - 2]) && !IsVowel(_buffer[end - 1]) && _buffer[end - 1] is not ('w' or 'x' or 'Y');
        }

        private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
    }
}
