using System.Text.Json;
using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Density;

/// <summary>
/// Independent Gaussians, one a feature slot, each over the records that had the feature. The squared distance of a number is taken after
/// adding the number to the model (leave-in studentisation): at most the model's weight, finite even for a feature that never varied.
/// </summary>
internal sealed class DiagonalGaussian
{
    // Rounding of a constant feature is no variation: standard deviations below this share of the mean count as this share.
    private const double RelativeFloor = 1e-6;

    // Beyond it squares would overflow.
    private const double Limit = 1e140;

    private Axis[] _axes = new Axis[8];

    public long MemoryBytes => 24 + 24L * _axes.Length;

    public double Weight(int slot) => slot < _axes.Length ? _axes[slot].Weight : 0;

    public double Mean(int slot) => _axes[slot].Mean;

    public double StandardDeviation(int slot) => Math.Sqrt(_axes[slot].SumOfSquares / _axes[slot].Weight);

    /// <summary>Squared distance in standard deviations, 0 to <see cref="Weight"/>. The slot has been added to.</summary>
    public double SquaredDistance(int slot, double value)
    {
        ref readonly var axis = ref _axes[slot];
        var delta = Math.Clamp(value, -Limit, Limit) - axis.Mean;
        var squared = delta * delta;
        var floor = RelativeFloor * axis.Mean;
        return squared > 0 ? axis.Weight * squared / (axis.SumOfSquares + squared + axis.Weight * floor * floor) : 0;
    }

    /// <param name="memory">Weight at which old numbers begin to fade.</param>
    public void Add(int slot, double value, double memory)
    {
        if (slot >= _axes.Length)
            Array.Resize(ref _axes, Math.Max(slot + 1, 2 * _axes.Length));
        ref var axis = ref _axes[slot];
        if (axis.Weight >= memory)
        {
            axis.SumOfSquares *= 1 - 1 / memory;
            axis.Weight *= 1 - 1 / memory;
        }

        axis.Weight++;
        value = Math.Clamp(value, -Limit, Limit);
        var delta = value - axis.Mean;
        axis.Mean += delta / axis.Weight;
        axis.SumOfSquares += delta * (value - axis.Mean);
    }

    public void CopyTo(DiagonalGaussian other) => other._axes = (Axis[])_axes.Clone();

    public void Write(StateWriter writer, int slots)
    {
        for (var i = 0; i < slots; i++)
        {
            var axis = i < _axes.Length ? _axes[i] : default;
            writer.Double(axis.Weight);
            writer.Double(axis.Mean);
            writer.Double(axis.SumOfSquares);
        }
    }

    public void Read(ref StateReader reader, int slots)
    {
        _axes = new Axis[Math.Max(8, slots)];
        for (var i = 0; i < slots; i++)
        {
            _axes[i] = new Axis
            {
                Weight = StateChecks.NonNegative(ref reader),
                Mean = StateChecks.Finite(ref reader),
                SumOfSquares = StateChecks.NonNegative(ref reader),
            };
        }
    }

    public void Describe(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Count; i++)
        {
            if (Weight(i) == 0)
                continue;
            json.WriteStartObject(names[i]);
            json.WriteNumber("weight", Weight(i));
            json.WriteNumber("mean", Mean(i));
            json.WriteNumber("sd", StandardDeviation(i));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private struct Axis
    {
        public double Weight;
        public double Mean;
        public double SumOfSquares;
    }
}
