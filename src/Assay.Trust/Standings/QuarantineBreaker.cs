using System.Text.Json;
using Assay.Contracts.State;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>
/// Keeps a cohort from accusing many at once: where more than a set share of its identities or of their traffic is under suspicion, the
/// comparison itself is in doubt (a colluding majority makes the innocent stand out), and the cohort is contested until a person decides.
/// Under suspicion is who came to M ≥ the watching share of A within the window and is still there, or was quarantined within it: who has been there
/// for longer says nothing of what happens now.
/// </summary>
public sealed class QuarantineBreaker(StandingOptions options) : IStateSection
{
    private readonly SortedDictionary<string, Suspect> _suspects = new(StringComparer.Ordinal);

    /// <summary>True from the moment the share was exceeded until a person closes it: no quarantine on evidence is allowed.</summary>
    public bool Open { get; private set; }

    /// <summary>Identities under suspicion, in order of key.</summary>
    public IEnumerable<StandingKey> Suspects => _suspects.Keys.Select(StandingKey.Parse);

    public bool IsSuspect(StandingKey key) => _suspects.ContainsKey(key.ToString());

    public int StateVersion => 3;

    /// <summary>Notes the evidence against an identity whenever it is reported.</summary>
    /// <param name="records">Records of the identity.</param>
    /// <param name="cohortRecords">As in <see cref="Allow"/>.</param>
    public void Note(StandingKey key, double mass, long records, long cohortRecords)
    {
        var name = key.ToString();
        if (_suspects.TryGetValue(name, out var known) && known.Quarantined)
            return;
        if (mass >= options.Watch)
            _suspects[name] = new Suspect(records, cohortRecords, Since(name, cohortRecords), false);
        else
            _suspects.Remove(name);
    }

    /// <summary>Asks whether an identity may be quarantined on the evidence.</summary>
    /// <param name="records">Records of the identity.</param>
    /// <param name="cohortIdentities">Identities of the cohort that are known to have been compared; the suspects count as such in any case.</param>
    /// <param name="cohortRecords">Their records, likewise.</param>
    /// <returns>False where the cohort is contested, now or already; then every one of <see cref="Suspects"/> is.</returns>
    public bool Allow(StandingKey key, long records, long cohortIdentities, long cohortRecords)
    {
        Forget(cohortIdentities, cohortRecords);
        var name = key.ToString();
        _suspects[name] = new Suspect(records, cohortRecords, cohortRecords, false);
        Suspect[] atOnce = [.. _suspects.Values.Where(s => cohortRecords - s.Since <= options.BreakerWindow)];
        var suspectRecords = atOnce.Sum(s => s.Records);
        if (atOnce.Length >= Minimum(cohortIdentities)
            && (atOnce.Length > options.BreakerShare * Math.Max(cohortIdentities, atOnce.Length)
                || suspectRecords > options.BreakerShare * Math.Max(cohortRecords, suspectRecords)))
        {
            Open = true;
        }

        if (!Open)
            _suspects[name] = new Suspect(records, cohortRecords, cohortRecords, true);
        return !Open;
    }

    /// <summary>Closes the breaker on a person's word and clears the suspects, whom the caller settles one by one.</summary>
    public void Close()
    {
        Open = false;
        _suspects.Clear();
    }

    public void Write(StateWriter writer)
    {
        writer.Bool(Open);
        writer.Varint((ulong)_suspects.Count);
        foreach (var (key, suspect) in _suspects)
        {
            writer.String(key);
            writer.Int64(suspect.Records);
            writer.Int64(suspect.At);
            writer.Int64(suspect.Since);
            writer.Bool(suspect.Quarantined);
        }
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version is not (1 or 2 or 3))
            throw new StateFormatException($"breaker of version {version}; this program reads versions 1 to 3");
        Open = reader.Bool();
        _suspects.Clear();
        var count = reader.Length(3);
        for (var i = 0; i < count; i++)
        {
            var (name, records, at) = (reader.String(), reader.Int64(), reader.Int64());

            // Version 1 knew no more of the others than that they were never quarantined, version 2 not since when they are suspects.
            var since = version == 3 ? reader.Int64() : Math.Max(0, at);
            _suspects[name] = new Suspect(records, Math.Max(0, at), since, version == 1 ? at >= 0 : reader.Bool());
        }
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("open", Open);
        json.WriteStartArray("suspects");
        foreach (var key in _suspects.Keys)
            json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Half of a small cohort is enough; two in any case.</summary>
    private long Minimum(long cohortIdentities) => Math.Max(2, Math.Min(options.BreakerMinimum, (cohortIdentities + 1) / 2));

    private long Since(string name, long cohortRecords) => _suspects.TryGetValue(name, out var known) ? known.Since : cohortRecords;

    private void Forget(long cohortIdentities, long cohortRecords)
    {
        if (Open)
            return;

        // Who is under suspicion is noted with its news, which come by its own records: a share of the cohort's.
        var silent = options.BreakerWindow * Math.Clamp(cohortIdentities, 1, 1_000_000);
        string[] old = [.. _suspects
            .Where(s => cohortRecords - s.Value.At > (s.Value.Quarantined ? options.BreakerWindow : silent))
            .Select(s => s.Key)];
        foreach (var key in old)
            _suspects.Remove(key);
    }

    /// <param name="At">Cohort records at its quarantine, or at the last news of it.</param>
    /// <param name="Since">Cohort records when it became a suspect.</param>
    private readonly record struct Suspect(long Records, long At, long Since, bool Quarantined);
}
