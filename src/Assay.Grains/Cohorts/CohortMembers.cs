using System.Text.Json;
using Assay.Contracts.Cohorts;
using Assay.Contracts.State;

namespace Assay.Grains.Cohorts;

/// <summary>How large a cohort is: the latest count of each shard, and the distinct identities over all of them.</summary>
internal sealed class CohortMembers : IStateSection
{
    private readonly SortedDictionary<string, Member> _shards = new(StringComparer.Ordinal);
    private readonly DistinctIdentities _identities = new();

    public int StateVersion => 1;

    /// <inheritdoc cref="CohortView.Identities"/>
    public long Identities => _identities.Count;

    /// <inheritdoc cref="CohortView.Records"/>
    public long Records { get; private set; }

    /// <summary>False where a contribution of the same shard with as high a sequence is already in.</summary>
    public bool IsNew(CohortContribution contribution) =>
        !_shards.TryGetValue(contribution.Shard, out var known) || known.Sequence < contribution.Sequence;

    public void Apply(CohortContribution contribution)
    {
        Records += contribution.MonitoredRecords - _shards.GetValueOrDefault(contribution.Shard).Records;
        _shards[contribution.Shard] = new Member(contribution.Sequence, contribution.MonitoredRecords);
        _identities.Add(contribution.IdentityHashes);
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_shards.Count);
        foreach (var (shard, member) in _shards)
        {
            writer.String(shard);
            writer.Int64(member.Sequence);
            writer.Int64(member.Records);
        }

        _identities.Write(writer);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"members of version {version}; this program reads version 1");
        _shards.Clear();
        for (var n = reader.Length(3); n > 0; n--)
            _shards[reader.String()] = new Member(reader.Int64(), reader.Int64());
        _identities.Read(ref reader);
        Records = _shards.Values.Sum(m => m.Records);
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("shards", _shards.Count);
        json.WriteNumber("identities", Identities);
        json.WriteNumber("records", Records);
        json.WriteEndObject();
    }

    private readonly record struct Member(long Sequence, long Records);
}
