using System.Globalization;
using System.Text;

namespace Assay.Benchmarks.Pipeline;

/// <summary>Census-like JSON records of 14 columns, about 230 bytes, written by a number of sources. A function of the seed alone.</summary>
internal sealed class SyntheticRows(int sources, int seed)
{
    /// <summary>The profile that reads them.</summary>
    public const string Profile =
        """
        {
          "format": "jsonl", "dataset": "census", "kind": "ingestion", "id": "/id", "source": "/source", "label": "/target",
          "features": { "age": "/age", "weight": "/weight", "education-num": "/education-num", "gain": "/gain", "loss": "/loss", "hours": "/hours" },
          "attributes": { "workclass": "/workclass", "education": "/education", "occupation": "/occupation", "country": "/country" }
        }
        """;

    private static readonly string[] Work = ["Private", "Self-emp", "State-gov", "Federal-gov", "Local-gov"];
    private static readonly string[] Education = ["Bachelors", "HS-grad", "Masters", "Doctorate", "Some-college"];
    private static readonly string[] Occupation = ["Exec-managerial", "Craft-repair", "Sales", "Tech-support", "Other-service"];
    private static readonly string[] Country = ["United-States", "Mexico", "India", "Germany"];

    private readonly Random _random = new(seed);
    private long _number;

    public (byte[] Key, byte[] Value) Next()
    {
        // Volumes fall off as they do in life: a few sources write most.
        var source = $"vendor-{(int)(sources * Math.Pow(_random.NextDouble(), 2)):0000}";
        var value = string.Create(CultureInfo.InvariantCulture, $$"""
            {"id":"r{{_number++}}","source":"{{source}}","age":{{17 + _random.Next(60)}},"workclass":"{{Of(Work)}}","weight":{{_random.Next(20_000, 500_000)}},"education":"{{Of(Education)}}","education-num":{{_random.Next(1, 17)}},"occupation":"{{Of(Occupation)}}","gain":{{(_random.Next(20) == 0 ? _random.Next(20_000) : 0)}},"loss":0,"hours":{{_random.Next(10, 70)}},"country":"{{Of(Country)}}","target":"{{(_random.Next(4) == 0 ? ">50K" : "<=50K")}}"}
            """);
        return (Encoding.UTF8.GetBytes(source), Encoding.UTF8.GetBytes(value));
    }

    private string Of(string[] values) => values[_random.Next(values.Length)];
}
