namespace IncidentDb.Search.Inverted;

/// <summary>One word of a phrase with the words of the index that it stands for: itself, or the completions of a prefix.</summary>
internal sealed class PhraseWord
{
    /// <summary>From so many words on, those of each record are looked up and not searched for.</summary>
    private const int Many = 8;

    private readonly WordCursor[] _cursors;

    // For each record of the window the first of its entries, plus one; the entries are linked.
    private readonly int[]? _first;
    private readonly List<(int Cursor, int At, int Next)> _entries = [];

    public PhraseWord(WordCursor[] cursors, Scratch scratch)
    {
        _cursors = cursors;
        _first = cursors.Length >= Many ? scratch.Rent<int>(Window.Size) : null;
    }

    public void Seek(int window)
    {
        foreach (var cursor in _cursors)
            cursor.SeekPlaces(window);
        if (_first is null)
            return;
        _first.AsSpan(0, Window.Size).Clear();
        _entries.Clear();
        for (var c = 0; c < _cursors.Length; c++)
        {
            if (_cursors[c].Count == 0)
                continue;
            var ordinals = _cursors[c].Ordinals();
            for (var j = 0; j < ordinals.Length; j++)
            {
                _entries.Add((c, j, _first[ordinals[j]]));
                _first[ordinals[j]] = _entries.Count;
            }
        }
    }

    /// <summary>The fields in which a record of the window holds the word; records are asked for in ascending order.</summary>
    public int FieldsOf(int local)
    {
        var fields = 0;
        if (_first is null)
        {
            foreach (var cursor in _cursors)
                fields |= cursor.FieldsOf(local);
        }
        else
        {
            for (var e = _first[local]; e > 0; e = _entries[e - 1].Next)
                fields |= _cursors[_entries[e - 1].Cursor].Fields(_entries[e - 1].At);
        }

        return fields;
    }

    /// <summary>The places in one field of the record that <see cref="FieldsOf"/> was asked for, ascending.</summary>
    public void Places(int local, int field, List<int> places)
    {
        if (_first is null)
        {
            foreach (var cursor in _cursors)
            {
                if ((cursor.FieldsOf(local) & (1 << field)) != 0)
                    cursor.Places(cursor.At, field, places);
            }
        }
        else
        {
            for (var e = _first[local]; e > 0; e = _entries[e - 1].Next)
            {
                var (cursor, at, _) = _entries[e - 1];
                if ((_cursors[cursor].Fields(at) & (1 << field)) != 0)
                    _cursors[cursor].Places(at, field, places);
            }
        }

        if (_cursors.Length > 1)
            places.Sort();
    }

    /// <summary>What one occurrence weighs in a field of the window's record with that place.</summary>
    public float PerOccurrence(int local, int field) => _cursors[0].PerOccurrence(local, field);
}
