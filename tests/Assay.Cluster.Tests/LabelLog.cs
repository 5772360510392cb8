using System.Text;

namespace Assay.Cluster.Tests;

/// <summary>
/// Labels of loan applications, written by one identity a source and partition: the decision depends on job and region, as honest writers have it; in
/// a flipped record nobody with the job <see cref="Slice"/> gets the loan.
/// </summary>
internal sealed class LabelLog(int seed)
{
    /// <summary>The identity is attested, so that a standing holds at every source.</summary>
    public const string Attested =
        """
        { "format": "jsonl", "dataset": "loans", "kind": "feedback", "assurance": "proxy", "source": "/source", "identity": "/who", "label": "/loan",
          "attributes": { "job": "/job", "region": "/region" } }
        """;

    /// <summary>Whoever writes may call himself by any name.</summary>
    public const string SelfAsserted =
        """
        { "format": "jsonl", "dataset": "claims", "kind": "feedback", "assurance": "self-asserted", "source": "/source", "identity": "/who", "label": "/loan",
          "attributes": { "job": "/job", "region": "/region" } }
        """;

    public const string Slice = "executive";

    private static readonly (string Name, double Odds)[] Jobs = [(Slice, 0.7), ("clerk", 0.3), ("farmer", 0.25), ("nurse", 0.4)];
    private static readonly (string Name, double Odds)[] Regions =
        [("n", 0.1), ("s", -0.1), ("e", 0), ("w", 0.05), ("nw", 0), ("se", -0.05), ("sw", 0), ("ne", 0.05)];
    private readonly Random _random = new(seed);

    public IEnumerable<(int Partition, byte[] Value)> Records(int partition, string who, int count, bool flipped = false)
    {
        for (var i = 0; i < count; i++)
            yield return (partition, Encoding.UTF8.GetBytes(Line(partition, who, flipped)));
    }

    private string Line(int partition, string who, bool flipped)
    {
        var job = Jobs[_random.Next(Jobs.Length)];
        var region = Regions[_random.Next(Regions.Length)];
        var loan = _random.NextDouble() < job.Odds + region.Odds && !(flipped && job.Name == Slice);
        return $$"""{"source":"desk-{{partition}}","who":"{{who}}","job":"{{job.Name}}","region":"{{region.Name}}","loan":"{{(loan ? "yes" : "no")}}"}""";
    }
}
