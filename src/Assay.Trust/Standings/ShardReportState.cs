using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>A shard's report in the versioned binary state.</summary>
public static class ShardReportState
{
    public static void Write(StateWriter writer, ShardReport report)
    {
        writer.String(report.Key.ToString());
        writer.String(report.Shard);
        writer.String(report.Dataset);
        writer.Int64(report.Sequence);
        writer.Int64(report.SeenEpoch);
        writer.Double(report.Mass);
        writer.Int64(report.MonitoredRecords);
        Write(writer, report.At);
        writer.Bool(report.Onset is not null);
        if (report.Onset is { } onset)
            Write(writer, onset);
        writer.Int64(report.AdmittedSinceOnset);
        writer.NullableString(report.Detector);
        writer.NullableString(report.Subject);
        writer.NullableString(report.Sentence);
        writer.NullableString(report.Rule);
    }

    /// <exception cref="StateFormatException">The bytes are no report.</exception>
    public static ShardReport Read(ref StateReader reader)
    {
        var report = new ShardReport
        {
            Key = StandingKey.Parse(reader.String()),
            Shard = reader.String(),
            Dataset = reader.String(),
            Sequence = reader.Int64(),
            SeenEpoch = reader.Int64(),
            Mass = reader.Double(),
            MonitoredRecords = reader.Int64(),
            At = ReadPlace(ref reader),
            Onset = reader.Bool() ? ReadPlace(ref reader) : null,
            AdmittedSinceOnset = reader.Int64(),
            Detector = reader.NullableString(),
            Subject = reader.NullableString(),
            Sentence = reader.NullableString(),
            Rule = reader.NullableString(),
        };
        return report.Mass >= 0 && double.IsFinite(report.Mass)
            ? report
            : throw new StateFormatException($"report of shard '{report.Shard}' with mass {report.Mass}");
    }

    private static void Write(StateWriter writer, in RecordPlace place)
    {
        writer.String(place.Id);
        writer.String(place.Topic);
        writer.Int32(place.Partition);
        writer.Int64(place.Offset);
    }

    private static RecordPlace ReadPlace(ref StateReader reader) => new(reader.String(), reader.String(), reader.Int32(), reader.Int64());
}
