using Assay.Contracts.State;

namespace Assay.Detection.Statistics;

/// <summary>Reads numbers of a state and refuses those that no writer produces.</summary>
internal static class StateChecks
{
    public static double Finite(ref StateReader reader)
    {
        var value = reader.Double();
        return double.IsFinite(value) ? value : throw new StateFormatException($"number not finite before byte {reader.Position}");
    }

    public static double NonNegative(ref StateReader reader)
    {
        var value = Finite(ref reader);
        return value >= 0 ? value : throw new StateFormatException($"negative number before byte {reader.Position}");
    }

    /// <summary>A count of records: at most 2^53, so that it is exact as a double too.</summary>
    public static long Count(ref StateReader reader)
    {
        var value = reader.Varint();
        return value <= 1UL << 53 ? (long)value : throw new StateFormatException($"count {value} out of range before byte {reader.Position}");
    }

    public static int Int32(ref StateReader reader, int min, int max)
    {
        var value = reader.Int64();
        return value >= min && value <= max
            ? (int)value
            : throw new StateFormatException($"number {value} outside {min}..{max} before byte {reader.Position}");
    }

    /// <summary>A count of elements that the reader's options must allow.</summary>
    public static int Length(ref StateReader reader, int elementBytes, int max)
    {
        var length = reader.Length(elementBytes);
        return length <= max ? length : throw new StateFormatException($"{length} elements before byte {reader.Position}, at most {max} expected");
    }

    public static StateFormatException UnknownVersion(string section, int version) =>
        new($"{section}: version {version} is unknown to this program");
}
