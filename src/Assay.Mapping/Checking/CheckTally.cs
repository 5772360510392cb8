using Assay.Contracts.Records;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Checking;

/// <summary>What a check found over all its records.</summary>
internal sealed class CheckTally(Profile profile)
{
    private const int MaxCounted = 10_000;

    private readonly SortedDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _identities = [];
    private readonly HashSet<string> _found = [];

    public int Records { get; private set; }

    public int Failures { get; private set; }

    public void Read(Record record)
    {
        Records++;
        if (_identities.Count < MaxCounted)
            _identities.Add(record.Identity);
        foreach (var (field, _) in RecordText.Fields(record))
            _found.Add(field);
        if (!record.HasOwnId)
            _found.Remove("id");
        Note("features", record.Features);
        Note("attributes", record.Attributes);
        Note("provenance", record.Provenance);
    }

    public void Failed(ReadFailure failure)
    {
        Records++;
        Failures++;
        var rule = $"{failure.Stage}, {failure.Rule}";
        _failures[rule] = _failures.GetValueOrDefault(rule) + 1;
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"{Records} records: {Records - Failures} read, {Failures} not; {_identities.Count} identities");
        foreach (var (rule, count) in _failures)
            output.WriteLine($"  {count} not read: {rule}");
        if (Records == Failures)
            return;
        foreach (var field in ProfileRules.Fields(profile).Where(f => !_found.Contains(f.Name)))
            output.WriteLine($"  never found: {field.Name} ({field.Locator.Place})");
        foreach (var (key, map) in ProfileRules.Maps(profile).Where(m => m.Map.Wildcard is not null && !_found.Contains(m.Key)))
            output.WriteLine($"  never found: {key}/* ({map.Wildcard!.Place})");
    }

    private void Note<T>(string key, FieldList<T> fields)
    {
        foreach (var name in fields.Names)
            _found.Add($"{key}/{name}");
    }
}
