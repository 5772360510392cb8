using System.Threading.Channels;
using Assay.Mapping.Files;

namespace Assay.Host.Replay.Ticks;

/// <summary>A row as it stands in the stream, and the message that it becomes.</summary>
/// <param name="Message">Null for a row that the file already gives up.</param>
internal readonly record struct PreparedRow(StreamedRow Row, ReplayMessage? Message);

/// <summary>Reads the rows on a thread of its own, a few pieces ahead of their use, so that a tick that waits for its verdicts costs no time to read the next.</summary>
internal sealed class PreparedRows : IAsyncDisposable
{
    /// <summary>Rows that may be ready ahead of their use, but for one piece, which always may.</summary>
    private const int Ahead = 8_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<PreparedRow[]> _pieces;
    private readonly Task _reading;

    /// <param name="piece">Rows of a piece, 1 or more; the last may have fewer.</param>
    public PreparedRows(ReplayRows rows, ReplayInput input, int piece)
    {
        _pieces = Channel.CreateBounded<PreparedRow[]>(
            new BoundedChannelOptions(Math.Max(1, Ahead / piece)) { SingleReader = true, SingleWriter = true });
        _reading = Task.Run(() => Read(rows, input, piece));
    }

    /// <returns>The next piece, null after the last.</returns>
    /// <exception cref="InputException">A file breaks off.</exception>
    public async ValueTask<PreparedRow[]?> Next() =>
        await _pieces.Reader.WaitToReadAsync() && _pieces.Reader.TryRead(out var piece) ? piece : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task Read(ReplayRows rows, ReplayInput input, int size)
    {
        try
        {
            var piece = new List<PreparedRow>(size);
            foreach (var row in rows.Read())
            {
                piece.Add(new PreparedRow(row, row.Row.Record.Failure is null ? input.Message(row.Row, row.Number) : null));
                if (piece.Count < size)
                    continue;
                await _pieces.Writer.WriteAsync([.. piece], _stop.Token);
                piece.Clear();
            }

            if (piece.Count > 0)
                await _pieces.Writer.WriteAsync([.. piece], _stop.Token);
            _pieces.Writer.Complete();
        }
        catch (Exception e)
        {
            // Whoever takes the next piece learns what happened; nobody does after the end.
            _pieces.Writer.Complete(e);
        }
    }
}
