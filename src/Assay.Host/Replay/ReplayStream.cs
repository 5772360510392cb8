using Assay.Host.Replay.Outcomes;
using Assay.Host.Replay.Output;
using Assay.Host.Replay.Ticks;
using Assay.Kafka.Reading;
using Assay.Kafka.Writing;

namespace Assay.Host.Replay;

/// <summary>Streams the rows in ticks: produce one, wait until each of its records has a verdict, settle what came of it, go on.</summary>
internal sealed class ReplayStream(
    ReplayRows rows, ReplayInput input, ReplayFiles output, InFlight[] inFlight, RowIndex index, TickFlow flow, TickBoundary boundary, int piece)
{
    private long _rows;

    /// <param name="tail">Ends early, with an error, where results cannot be taken.</param>
    /// <param name="stop">Ends the stream after the running tick, of which nothing more is produced.</param>
    public async Task Run(PacedProducer producer, ReplayCollector collector, TopicTail tail, CancellationToken stop)
    {
        var length = new TickLength();
        await using var prepared = new PreparedRows(rows, input, piece);
        var more = true;
        while (more && !stop.IsCancellationRequested)
        {
            flow.Begin();
            var before = collector.Expected;
            for (var n = 0; n < length.Pieces && more && !stop.IsCancellationRequested; n++)
                more = await prepared.Next() is { } rows && await Produce(rows, producer, collector, stop);

            producer.Flush(CancellationToken.None);
            // What is under way is finished even after Ctrl-C; a second one ends the process.
            await await Task.WhenAny(flow.Ended(collector.Expected - before), tail.Finished);
            length.Next(await boundary.Settle(flow.Shards));
            index.Trim(_rows);
        }

        await collector.CaughtUp(tail.Finished);
    }

    private async ValueTask<bool> Produce(PreparedRow[] piece, PacedProducer producer, ReplayCollector collector, CancellationToken stop)
    {
        foreach (var (row, prepared) in piece)
        {
            if (stop.IsCancellationRequested)
                return false;
            _rows = row.Number + 1;
            if (row.Number - output.Next >= ReplayRunner.Window / 2)
                await collector.Advanced.Until(() => row.Number - output.Next < ReplayRunner.Window / 2, CancellationToken.None);
            if (prepared is not { } message)
            {
                output.DeadLetter(row.Number, row.Row.Record, row.Row.Source, row.Row.Record.Failure!, row.Row.Attack);
                continue;
            }

            var partition = RowDealer.Partition(message.Key, inFlight.Length);
            inFlight[partition].Add(message.Row);
            await producer.Produce(partition, message.Key, message.Value, message.Headers, message.TimestampMs, CancellationToken.None);
            collector.Expect();
        }

        return true;
    }
}
