using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Assay.Detection.Volume;
using Assay.Grains.Sources;
using Assay.Trust.Records;
using Microsoft.Extensions.Options;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Grains.Tests.Sources;

/// <summary>What a record costs the collector once a shard knows its source: the verdict, its scores, and nothing else.</summary>
public sealed class AllocationTests
{
    private const int WindowRecords = 1_000;
    private const int Measured = 20_000;

    // A verdict with its header takes 104 bytes, the scores of four detectors 56.
    private const int BudgetBytes = 168;

    [Fact]
    public void Apply_InSteadyState_AllocatesNoMoreThanTheVerdict()
    {
        var scorer = Scorer();
        var offset = 0L;
        for (; offset < 40 * WindowRecords; offset++)
            scorer.Apply(new InputRecord(offset, offset, null, [], null), VerdictKind.None);
        byte[] value = [];
        var admitted = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Measured; i++, offset++)
        {
            if (scorer.Apply(new InputRecord(offset, offset, null, value, null), VerdictKind.None).Kind == VerdictKind.Admit)
                admitted++;
        }

        var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Measured;
        Assert.InRange(admitted, Measured * 0.99, Measured);
        Assert.InRange(bytes, 1, BudgetBytes);
    }

    private static SourceScorer Scorer()
    {
        var detectors = new DetectorSet(
        [
            .. DetectorCatalog.All.Select(f => new KeyValuePair<IDetectorFactory, object>(
                f, f.Id == VolumeDetector.PermanentId ? new VolumeOptions { WindowRecords = WindowRecords } : Activator.CreateInstance(f.OptionsType)!)),
        ]);
        return new SourceScorerFactory(
            new CountingReaders(), detectors, ShardTrust.New(detectors), Options.Create(new SourceOptions()), Options.Create(new RecordPolicyOptions()), Options.Create(new DatasetOptions()))
            .Create(Shards.Id);
    }

    /// <summary>Records that are a function of their offset and bring no new object: what is counted is the scorer's alone.</summary>
    private sealed class CountingReaders : IRecordReaderFactory, IRecordReader
    {
        private static readonly string[] Ids = [.. Enumerable.Range(0, 8 * WindowRecords).Select(i => $"r{i}")];
        private static readonly string[] Writers = ["writer-0", "writer-1", "writer-2", "writer-3"];
        private static readonly string[] Labels = ["spam", "ham"];

        public IRecordReader CreateReader(string topic, int partition) => this;

        public Assurance AssuranceOf(string topic) => Assurance.TopicAcl;

        public IRecordRouter CreateRouter(string topic) => throw new NotSupportedException("Grains do not route.");

        public bool TryRead(in InputRecord input, Record record, out ReadFailure failure)
        {
            failure = null!;
            var mixed = (ulong)input.Offset * 0x9E3779B97F4A7C15;
            record.Id = Ids[input.Offset % Ids.Length];
            record.HasOwnId = true;
            record.Source = Shards.Id.Source;
            record.Identity = Writers[mixed >> 62];
            record.Dataset = "d";
            record.Label = Labels[(mixed >> 50) & 1];
            record.Offset = input.Offset;
            record.AppendTimeMs = input.AppendTimeMs;
            record.ContentHash = mixed;
            record.Features.Add("x", (mixed >> 11) * (1.0 / (1UL << 53)));
            record.Features.Add("y", input.Offset % 101);
            record.Attributes.Add("label", record.Label);
            return true;
        }
    }
}
