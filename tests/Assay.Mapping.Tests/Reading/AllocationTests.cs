using System.Text;
using Assay.Contracts.Records;
using Assay.Mapping.Profiles;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Mapping.Tests.Reading;

public class AllocationTests
{
    private const int Records = 10_000;
    private const int Rounds = 3;

    /// <summary>Bytes of the one new string a record: its id <c>t/0/…</c>.</summary>
    private const int DefaultId = 40;

    [Theory]
    [InlineData(
        """{"format": "jsonl", "dataset": "d", "source": "/src", "identity": "/who", "label": "/l", "time": "/at", "features": {"*": "/f", "a": "/a"}, "attributes": "*"}""",
        """{"src": "vendor-1", "who": "ann", "l": ">50K", "at": "2024-01-01T00:00:00Z", "f": {"x": 1.25, "y": {"z": [1, 2, 3]}}, "a": 39, "job": "Exec-managerial", "esc\u0061ped": "a\nb"}""")]
    [InlineData(
        """{"format": "csv", "dataset": {"constant": "d"}, "columns": ["a", "b", "c", "d e", "when", "y"], "identity": "b", "time": "when", "label": "y", "features": "*"}""",
        "39, State-gov, 77516, \"13\", 1289241911.72836, <=50K")]
    public void Read_OfLikeRecords_AllocatesNothingButTheId(string profile, string message)
    {
        var registry = new ProfileRegistry();
        registry.Add("t", Profile.Parse(Encoding.UTF8.GetBytes(profile)));
        var reader = registry.CreateReader("t", 0);
        var router = registry.CreateRouter("t");
        var record = new Record();
        var value = Encoding.UTF8.GetBytes(message);
        Run(100);
        // What the runtime allocates once, as when it compiles a method anew, is no record's.
        Assert.InRange(Enumerable.Range(0, Rounds).Min(_ => PerRecord()), 0, DefaultId);

        double PerRecord()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(Records);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Records;
        }

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var input = new InputRecord(1000 + i, 1, null, value, null);
                router.Route(input);
                Assert.True(reader.TryRead(input, record, out _));
            }
        }
    }
}
