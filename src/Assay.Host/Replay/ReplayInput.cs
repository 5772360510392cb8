using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Host.Replay.Attacks;
using Assay.Mapping;
using Assay.Mapping.Checking;
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
        _fixed = ProfileFiles.Headers(profile) ?? [];
        Registry = new ProfileRegistry();
        Registry.Add(Topic, profile with
        {
            // Who replays a file vouches for its names, unless the profile says otherwise.
            Assurance = profile.Assurance ?? Assurance.TopicAcl,
            Source = _dealsSource ? Locator.Header(SourceHeader) : profile.Source,
            Identity = _dealsIdentity ? Locator.Header(IdentityHeader) : profile.Identity,
        }, profile.Format == ProfileFormat.Csv ? columns : null);
        _reader = Registry.CreateReader(Topic, 0);
        _router = Registry.CreateRouter(Topic);
    }

    /// <summary>Reads the replay's topic.</summary>
    public ProfileRegistry Registry { get; }

    /// <summary>Deals a row, or reads who wrote it. A row that cannot be read has no writer.</summary>
    /// <param name="ordinal">Number of the file's row, by which a row without id is dealt.</param>
    public DealtRow Deal(FileRecord row, long ordinal)
    {
        if (row.Failure is not null)
            return new DealtRow(ordinal, "", "", row);
        var input = new InputRecord(0, 0, null, row.Raw.ToArray(), Headers("-", "-"));
        Read(input);
        var id = _record.HasOwnId ? _record.Id : null;
        var source = _dealer.Source(id, ordinal) ?? _router.Route(input);
        return new DealtRow(ordinal, source, _dealer.Identity(id, ordinal) ?? (_dealsSource ? source : _record.Identity), row);
    }

    public ReplayMessage Message(in AttackedRow row, long number)
    {
        var input = new InputRecord(0, 0, null, row.Record.Raw.ToArray(), Headers(row.Source, row.Identity));
        var readable = Read(input);
        var pending = new PendingRow(number, row.Record, row.Source, readable && _record.HasOwnId ? _record.Id : null, row.Attack);
        return new ReplayMessage(pending, Encoding.UTF8.GetBytes(row.Source), input.Value!, input.Headers!, _clock.Next(_record.EventTime));
    }

    private bool Read(in InputRecord input)
    {
        _record.Clear();
        return _reader.TryRead(input, _record, out _);
    }

    private RecordHeader[] Headers(string source, string identity)
    {
        if (!_dealsSource && !_dealsIdentity)
            return _fixed;
        var headers = new List<RecordHeader>(_fixed);
        if (_dealsSource)
            headers.Add(new RecordHeader(SourceHeader, Encoding.UTF8.GetBytes(source)));
        if (_dealsIdentity)
            headers.Add(new RecordHeader(IdentityHeader, Encoding.UTF8.GetBytes(identity)));
        return [.. headers];
    }
}
