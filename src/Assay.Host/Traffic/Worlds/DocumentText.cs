namespace Assay.Host.Traffic.Worlds;

/// <summary>Composes document texts into one reused buffer.</summary>
internal sealed class DocumentText
{
    private char[] _buffer = new char[2_048];
    private int _length;

    public ReadOnlySpan<char> Span => _buffer.AsSpan(0, _length);

    /// <summary>Three to seven sentences; junk mixes promotion into the topic.</summary>
    public void Compose(SeededRandom random, Phrasebook topic, bool junk)
    {
        _length = 0;
        var sentences = 3 + random.Next(5);
        for (var i = 0; i < sentences; i++)
        {
            if (i > 0)
                Append(" ");
            if (junk && random.Chance(.6))
            {
                Append(random.Pick(Phrasebook.Junk));
                continue;
            }

            Append(random.Pick(topic.Subjects));
            Append(" ");
            Append(random.Pick(topic.Verbs));
            Append(" ");
            Append(random.Pick(topic.Objects));
            Append(" ");
            Append(random.Pick(topic.Endings));
            Append(".");
        }
    }

    /// <summary>Puts text behind the blank nearest to a random place.</summary>
    public void Insert(SeededRandom random, ReadOnlySpan<char> text)
    {
        var at = random.Next(Math.Max(1, _length));
        var blank = Span[at..].IndexOf(' ');
        at = blank < 0 ? _length : at + blank + 1;
        Reserve(text.Length);
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + text.Length));
        text.CopyTo(_buffer.AsSpan(at));
        _length += text.Length;
    }

    private void Append(string text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
    }
}
