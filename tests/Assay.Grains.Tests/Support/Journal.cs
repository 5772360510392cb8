namespace Assay.Grains.Tests.Support;

/// <summary>What happened to the outside, in order.</summary>
internal sealed class Journal
{
    private readonly List<string> _lines = [];

    public void Add(string line)
    {
        lock (_lines)
            _lines.Add(line);
    }

    /// <summary>The lines since the last call.</summary>
    public string[] Take()
    {
        lock (_lines)
        {
            string[] lines = [.. _lines];
            _lines.Clear();
            return lines;
        }
    }
}
