using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Trust.Ledger;

/// <summary>
/// Turns posture (privilege, key age, signing, …) into start mass γ for each record. Identities of worse posture get more, those of better
/// posture less; the sum never exceeds the number of records, so the error budget is reallocated and never enlarged (DETECTION §3).
/// </summary>
public sealed class PostureBudget : IStateSection
{
    private const double MemoryRecords = 10_000;
    private const double MaxCredit = 1_000;

    private double _usual = 1;
    private double _credit;

    public int StateVersion => 1;

    /// <summary>γ of the next record, fixed before anything of the record but its writer is known.</summary>
    /// <param name="weight">The writer's posture weight; above 0, 1 for a posture that says nothing.</param>
    public double Next(double weight)
    {
        if (!(weight > 0) || !double.IsFinite(weight))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A posture weight is above 0 and finite.");
        _credit = Math.Min(_credit + 1, MaxCredit);
        var gamma = Math.Min(weight / _usual, _credit);
        _credit -= gamma;
        _usual += (weight - _usual) / MemoryRecords;
        return gamma;
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_usual);
        writer.Double(_credit);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"posture budget of version {version}; this program reads version 1");
        _usual = reader.Double();
        _credit = reader.Double();
        if (!(_usual > 0) || !(_credit >= 0) || _credit > MaxCredit)
            throw new StateFormatException($"posture budget with mean weight {_usual} and credit {_credit}");
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("usual_weight", _usual);
        json.WriteNumber("credit", _credit);
        json.WriteEndObject();
    }
}
