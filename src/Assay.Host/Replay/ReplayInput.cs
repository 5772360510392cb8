using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Wire;
using Assay.Mapping;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Host.Replay;

/// <summary>A message of the replay, before it is produced.</summary>
internal readonly record struct ReplayMessage(PendingRow Row, byte[] Key, byte[] Value, RecordHeader[] Headers, long TimestampMs);

/// <summary>
/// Turns rows of files into messages: reads each as Assay will, deals sources and identities where the profile names none, and dates it.
/// What is dealt travels in headers. For one thread.
/// </summary>
internal sealed class ReplayInput
{
    public const string Topic = "replay";
    public const string SourceHeader = "assay-source";
    public const string IdentityHeader = "assay-identity";

    private readonly RowDealer _dealer;
    private readonly ReplayClock _clock = new();
    private readonly IRecordReader _reader;
    private readonly IRecordRouter _router;
    private readonly Record _record = new();
    private readonly bool _dealsSource;
    private readonly bool _dealsIdentity;
    private readonly RecordHeader[] _fixed;

    /// <exception cref="ProfileException">The profile does not fit the columns.</exception>
    public ReplayInput(Profile profile, IReadOnlyList<string> columns, ReplayRequest request)
    {
        _dealsSource = profile.Source is null && profile.Format != ProfileFormat.CloudEvents;
        _dealsIdentity = profile.Identity is null && request.Identities is not null;
        _dealer = new RowDealer(request.Seed, _dealsSource ? request.Sources : null, _dealsIdentity ? request.Identities : null);
        _fixed = profile.Format == ProfileFormat.CloudEvents ? [new(HeaderNames.ContentType, Encoding.UTF8.GetBytes(CloudEvent.ContentType))] : [];
        Registry = new ProfileRegistry();
        Registry.Add(Topic, profile with
        {
            Source = _dealsSource ? Locator.Header(SourceHeader) : profile.Source,
            Identity = _dealsIdentity ? Locator.Header(IdentityHeader) : profile.Identity,
        }, profile.Format == ProfileFormat.Csv ? columns : null);
        _reader = Registry.CreateReader(Topic, 0);
        _router = Registry.CreateRouter(Topic);
    }

    /// <summary>Reads the replay's topic.</summary>
    public ProfileRegistry Registry { get; }

    public bool DealsSource => _dealsSource;

    /// <summary>How the profile's files are read.</summary>
    public static RecordFileOptions FileOptions(Profile profile) => new()
    {
        Format = profile.Format == ProfileFormat.Csv ? FileFormat.Csv : FileFormat.JsonLines,
        Dialect = profile.Dialect,
        Columns = profile.Columns,
    };

    /// <summary>Which source and identity a row has, dealt or its own; used before attacks choose their rows.</summary>
    public (string Source, string Identity) Writer(FileRecord row, long ordinal)
    {
        var (input, _) = Read(row.Raw.ToArray(), ordinal);
        var source = Source(input, ordinal);
        return (source, _record.Identity.Length > 0 ? _record.Identity : source);
    }

    /// <param name="ordinal">Number of the file's row, by which a row without id is dealt; the same for all copies of a row.</param>
    public ReplayMessage Message(FileRecord row, long number, long ordinal, string? attack)
    {
        var (input, hasOwnId) = Read(row.Raw.ToArray(), ordinal);
        var source = Source(input, ordinal);
        var pending = new PendingRow(number, row, source, hasOwnId, attack);
        return new ReplayMessage(pending, Encoding.UTF8.GetBytes(source), input.Value!, input.Headers!, _clock.Next(_record.EventTime));
    }

    private string Source(in InputRecord input, long ordinal) => _dealsSource ? _dealer.Source(OwnId(), ordinal)! : _router.Route(input);

    /// <summary>Reads once without what is dealt, to know the id, and puts the dealt names into headers.</summary>
    private (InputRecord Input, bool HasOwnId) Read(byte[] value, long ordinal)
    {
        var plain = new InputRecord(0, 0, null, value, Headers("-", "-"));
        _record.Clear();
        var readable = _reader.TryRead(plain, _record, out _);
        var hasOwnId = readable && _record.HasOwnId;
        return (plain with { Headers = Headers(_dealer.Source(OwnId(), ordinal), _dealer.Identity(OwnId(), ordinal)) }, hasOwnId);
    }

    private string? OwnId() => _record.HasOwnId ? _record.Id : null;

    private RecordHeader[] Headers(string? source, string? identity)
    {
        var headers = new List<RecordHeader>(_fixed);
        if (_dealsSource)
            headers.Add(new RecordHeader(SourceHeader, Encoding.UTF8.GetBytes(source!)));
        if (_dealsIdentity)
            headers.Add(new RecordHeader(IdentityHeader, Encoding.UTF8.GetBytes(identity!)));
        return [.. headers];
    }
}
