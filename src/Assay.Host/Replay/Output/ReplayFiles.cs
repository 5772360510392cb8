using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Mapping.Files;

namespace Assay.Host.Replay.Output;

/// <summary>
/// Takes the results of a replay in any order, counts them in input order and writes the files of the command line's contract. Each row
/// of the
/// stream, from 0, has exactly one result. Safe for several threads.
/// </summary>
public sealed class ReplayFiles : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string? _directory;
    private readonly bool _attacked;
    private readonly Resequencer<ReplayRow> _rows;
    private readonly Dictionary<string, JsonLinesFile> _files = [];

    private ReplayFiles(string? directory, bool attacked, int window, int maxIdentities)
    {
        _directory = directory;
        _attacked = attacked;
        _rows = new Resequencer<ReplayRow>(window);
        Totals = new ReplayTotals(maxIdentities);
    }

    internal ReplayTotals Totals { get; }

    /// <summary>Rows counted and written so far: all results below this number have come.</summary>
    public long Next
    {
        get
        {
            lock (_lock)
                return _rows.Next;
        }
    }

    /// <summary>False where every row was given up: the input is not what the profile says.</summary>
    public bool Readable => Totals.Identities.All is { Records: 0 } or { Scored: > 0 };

    /// <param name="directory">The folder to write; null to count only.</param>
    /// <param name="attacked">Whether attacks run, so that the truth about each row is written.</param>
    /// <param name="window">How far results may run ahead of <see cref="Next"/>; no more rows may be under way.</param>
    /// <param name="maxIdentities">Identities told apart; the rest is counted together as <c>(others)</c>.</param>
    /// <exception cref="OutputException">The folder cannot be written, or holds files that no replay wrote.</exception>
    public static ReplayFiles Open(string? directory, bool attacked, int window = 1 << 18, int maxIdentities = 1_000_000)
    {
        var files = new ReplayFiles(directory, attacked, window, maxIdentities);
        if (directory is null)
            return files;
        OutputFolder.Prepare(directory);
        try
        {
            string[] always = [OutputFolder.Verdicts, OutputFolder.Decisions, OutputFolder.Recalls, OutputFolder.Identities, OutputFolder.DeadLetters, OutputFolder.Summary];
            foreach (var name in attacked ? [.. always, OutputFolder.Truth] : always)
                files._files[name] = new JsonLinesFile(Path.Combine(directory, name));
        }
        catch
        {
            files.Dispose();
            throw;
        }

        return files;
    }

    /// <summary>A row was scored, or given up on the way with a dead-letter verdict. A second result of a row is passed over.</summary>
    /// <param name="row">Number of the row in the stream, from 0.</param>
    /// <param name="attack">Name of the attack that wrote or changed the row; null for a clean one.</param>
    /// <exception cref="InvalidOperationException">The row is further ahead than the window.</exception>
    /// <exception cref="OutputException">The disk is full or fails.</exception>
    public void Verdict(long row, FileRecord record, string source, Verdict verdict, string? attack = null) =>
        Add(row, new ReplayRow(record, source, verdict, null, attack));

    /// <summary>A row could not be put into the stream.</summary>
    /// <inheritdoc cref="Verdict"/>
    public void DeadLetter(long row, FileRecord record, string source, ReadFailure failure, string? attack = null) =>
        Add(row, new ReplayRow(record, source, null, failure, attack));

    /// <summary>A decision or recall as it is to stand in its file.</summary>
    /// <param name="line">One JSON value in UTF-8, without a line break.</param>
    /// <exception cref="OutputException">The disk is full or fails.</exception>
    internal void Line(string file, ReadOnlySpan<byte> line)
    {
        lock (_lock)
            _files.GetValueOrDefault(file)?.Line(line);
    }

    /// <summary>Writes what comes at the end and gives all files their names at once.</summary>
    /// <exception cref="OutputException">The disk is full or fails; then no file is complete.</exception>
    public ReplayReport Finish(ReplayRun run)
    {
        lock (_lock)
        {
            if (_directory is not null)
            {
                foreach (var identity in IdentityLines())
                    _files[OutputFolder.Identities].Line(identity, SummaryJson.Identity);
                _files[OutputFolder.Summary].Line((Totals, run, _attacked), SummaryJson.Summary);
                foreach (var file in _files.Values)
                    file.Close();
                foreach (var file in _files.Values)
                    file.Publish();
                OutputFolder.RemoveStale(_directory, _files.Keys);
            }

            return new ReplayReport(Totals, run, _attacked, _directory);
        }
    }

    /// <summary>Without <see cref="Finish"/> before, nothing remains.</summary>
    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private IEnumerable<IdentityLine> IdentityLines()
    {
        var mean = Totals.Identities.All.Mean;
        var outcomes = Totals.Outcomes;
        var standings = outcomes.Standings();
        foreach (var (identity, counts) in Totals.Identities.InOrder())
        {
            yield return new IdentityLine(
                identity, counts, standings.GetValueOrDefault(identity), counts.Rank(mean, outcomes.Reports.Peak(identity)), outcomes.RecalledOf(identity));
        }
    }

    private void Add(long number, ReplayRow row)
    {
        lock (_lock)
        {
            if (!_rows.TryAdd(number, row))
                throw new InvalidOperationException($"Result of row {number} came while row {_rows.Next} was still missing: "
                    + "more rows are under way than the window holds.");
            while (_rows.TryTake(out var next))
                Write(next);
        }
    }

    private void Write(ReplayRow row)
    {
        Totals.Add(row);
        if (_directory is null)
            return;
        _files[OutputFolder.Verdicts].Line(row, RowJson.Verdict);
        if (row.DeadLetter is not null)
            _files[OutputFolder.DeadLetters].Line(row, RowJson.DeadLetter);
        if (_attacked)
            _files[OutputFolder.Truth].Line(row, RowJson.Truth);
    }
}
