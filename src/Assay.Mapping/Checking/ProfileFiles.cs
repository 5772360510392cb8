using Assay.Contracts.Records;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;
using Assay.Mapping.Reading;

namespace Assay.Mapping.Checking;

/// <summary>What a profile means for records that come from files instead of a topic.</summary>
public static class ProfileFiles
{
    private static readonly RecordHeader[] StructuredEvent = [new("content-type", "application/cloudevents+json"u8.ToArray())];

    /// <summary>How files are cut into records. CloudEvents are JSON lines, one structured event a line.</summary>
    public static RecordFileOptions Options(Profile profile, ReadLimits? limits = null) => new()
    {
        Format = profile.Format == ProfileFormat.Csv ? FileFormat.Csv : FileFormat.JsonLines,
        Dialect = profile.Dialect,
        Columns = profile.Columns,
        MaxRecordBytes = (limits ?? ReadLimits.Default).MaxRecordBytes,
    };

    /// <summary>The headers that a message made from a file's record needs; null for none.</summary>
    public static RecordHeader[]? Headers(Profile profile) => profile.Format == ProfileFormat.CloudEvents ? StructuredEvent : null;
}
