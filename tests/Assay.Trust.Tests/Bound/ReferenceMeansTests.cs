using Assay.Evaluation.Bound;

namespace Assay.Trust.Tests.Bound;

public class ReferenceMeansTests
{
    /// <summary>Not deflated, 38 to 39 % of references give e-values of mean above 1, and the mean over references is 1.</summary>
    [Theory]
    [InlineData(200, 0.3)]
    [InlineData(1000, 0.33)]
    public void EValues_GivenAReferenceThatIsKept_AreEValuesForMostReferences(int n, double above)
    {
        const int Draws = 500;
        var random = new Random(5);
        double[] means = [.. Enumerable.Range(0, Draws).Select(_ => ReferenceMeans.Draw(n, random))];
        Assert.InRange(means.Count(m => m > 1), 1, above * Draws);
        Assert.InRange(means.Average(), 0.8, 1);
    }
}
