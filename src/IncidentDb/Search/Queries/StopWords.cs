using System.Collections.Frozen;

namespace IncidentDb.Search.Queries;

/// <summary>Words that say nothing about which record is meant; left out when not all words of a question can be found.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> _words = FrozenSet.ToFrozenSet(
        ("a about after all also an and any are as at be because been before but by can could did do does during for from get go goes going gone got had has have having he her his how i if in into is it its itself just like made make many may me more most "
            + "much my no not of on one or our out over own she should so some such than that the their them then there these they this those through to too under until up us was we went were what when where which while who whom whose why will "
            + "really actually suddenly somehow simply even ever still yet quite rather almost though although however being having doing getting him me us them mine yours ours theirs myself yourself itself themselves "
            + "couldnt wouldnt didnt wasnt dont doesnt isnt arent cant wont hadnt hasnt havent shouldnt werent thats theres theyre youre hes shes "
            + "with within without would you your im ive whats wheres whos anybody anyone somebody someone something thing things happen happened happening called incident incidents case example examples story stories list time times wrong").Split(' '),
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => _lookup.Contains(word);
}
