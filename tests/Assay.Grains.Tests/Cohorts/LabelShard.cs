using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Detection;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Grains.Tests.Cohorts;

/// <summary>A shard whose detector learns labelled records and gives what it learned to its cohort. Seeded.</summary>
internal sealed class LabelShard
{
    private readonly string _name;
    private readonly Random _random;
    private readonly ICohortDetector _detector = DetectorSet.Default.Create().OfType<ICohortDetector>().First();
    private readonly Record _record = new();
    private readonly Finding _finding = new();
    private long _offset;

    public LabelShard(string name, int seed)
    {
        (_name, _random) = (name, new Random(seed));
        _detector.Use(DetectorSet.Default.ReadReference(_detector.Id, [])!, name);
    }

    /// <summary>Learns so many records more, and tells of all that no view has seen.</summary>
    public CohortContribution After(int records)
    {
        for (var i = 0; i < records; i++)
            Learn();
        return new CohortContribution
        {
            Shard = _name,
            Dataset = "data",
            Sequence = _offset,
            MonitoredRecords = _offset,
            IdentityHashes = [.. Enumerable.Range(1, 3).Select(w => Hash($"{_name}{w}")).Order()],
            Parts = [new CohortPart(_detector.Id, _detector.Contribute(_name))],
        };
    }

    /// <summary>Scores with the view from here on.</summary>
    public void Use(CohortView view)
    {
        foreach (var part in view.Parts.Where(p => p.Detector == _detector.Id))
            _detector.Use(DetectorSet.Default.ReadReference(part.Detector, part.Data)!, _name);
    }

    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037ul;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211;
        return (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
    }

    private void Learn()
    {
        _record.Clear();
        var colour = _random.Next(4);
        _record.Id = $"{_name}-{_offset}";
        _record.Source = _name;
        _record.Identity = $"{_name}{_random.Next(3)}";
        _record.Dataset = "data";
        _record.Offset = _offset++;
        _record.Label = _random.NextDouble() < 0.1 + (0.2 * colour) ? "yes" : "no";
        _record.Attributes.Add("colour", $"c{colour}");
        _finding.Clear();
        _detector.Score(_record, _finding);
        _detector.Observe(_record);
        _detector.Learn(_record);
    }
}
