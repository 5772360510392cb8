using Assay.Contracts.State;

namespace Assay.Detection.Reference;

/// <summary>
/// Logistic regression on hashed slices, one example at a time: AdaGrad (Duchi et al. 2011) with averaged weights (Polyak, Juditsky 1992),
/// each weight averaged over its own latest records.
/// </summary>
internal sealed class FoldModel(LabelReferenceOptions options)
{
    private readonly float[] _weights = new float[1 << options.Bits];
    private readonly float[] _squares = new float[1 << options.Bits];
    private readonly float[] _averages = new float[1 << options.Bits];
    private readonly float[] _counts = new float[1 << options.Bits];

    public double Intercept { get; private set; }

    public long Records { get; private set; }

    public float[] Averages() => (float[])_averages.Clone();

    public void Learn(ReadOnlySpan<ulong> slices, bool positive, double weight)
    {
        var mask = (ulong)(_weights.Length - 1);
        var z = Intercept;
        foreach (var slice in slices)
            z += _weights[slice & mask];
        var gradient = (Logistic.Probability(z) - (positive ? 1 : 0)) * weight;
        Intercept -= options.InterceptRate * gradient;
        foreach (var slice in slices)
        {
            var i = slice & mask;
            _squares[i] += (float)(gradient * gradient);
            _weights[i] -= (float)(options.Rate * gradient / Math.Sqrt(_squares[i] + 1e-2));
            _counts[i] += (float)weight;
            _averages[i] += (_weights[i] - _averages[i]) * (float)(weight * Math.Max(2 / (_counts[i] + 2.0), 1.0 / options.Averaging));
        }

        Records++;
    }

    public void Write(StateWriter writer)
    {
        writer.Double(Intercept);
        writer.Varint((ulong)Records);
        writer.Varint((ulong)_counts.Count(c => c > 0));
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            writer.Varint((ulong)i);
            writer.Single(_weights[i]);
            writer.Single(_squares[i]);
            writer.Single(_averages[i]);
            writer.Single(_counts[i]);
        }
    }

    public void Read(ref StateReader reader)
    {
        Intercept = reader.Double();
        Records = (long)reader.Varint();
        var used = reader.Length(17);
        for (var n = 0; n < used; n++)
        {
            var i = reader.Varint();
            if (i >= (ulong)_weights.Length)
                throw new StateFormatException($"weight {i} of a model with {_weights.Length}");
            _weights[i] = reader.Single();
            _squares[i] = reader.Single();
            _averages[i] = reader.Single();
            _counts[i] = reader.Single();
        }
    }
}
