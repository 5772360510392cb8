using System.Globalization;

namespace Assay.Host.Traffic.Worlds;

/// <summary>Five vendors deliver labelled card transactions.</summary>
internal sealed class TransactionWorld : ITrafficWorld
{
    private const string Fraud = "fraud";
    private const string Legit = "legit";
    private readonly SeededRandom _random;
    private readonly CloudEventWriter _writer;
    private readonly Wheel _mix = new([.. Vendor.All.Select(v => v.Weight)]);
    private readonly EventFrame[] _frames;
    private readonly TimedAttack?[] _flips;
    private readonly TimedAttack?[] _outliers;

    public TransactionWorld(int seed, CloudEventWriter writer, AttackTimetable timetable)
    {
        _random = new SeededRandom(seed, Topic);
        _writer = writer;
        _frames = [.. Vendor.All.Select(v => new EventFrame(Topic, v.Name, "io.assay.demo.transaction.v1", v.Structured))];
        _flips = [.. Vendor.All.Select(v => timetable.Of(AttackKind.LabelFlip, Topic, v.Identity))];
        _outliers = [.. Vendor.All.Select(v => timetable.Of(AttackKind.OutlierRows, Topic, v.Identity))];
    }

    public string Topic => TrafficTopics.Transactions;

    public bool Stages(TimedAttack attack) =>
        attack.Kind is AttackKind.LabelFlip or AttackKind.OutlierRows && Vendor.All.Any(v => v.Identity == attack.Identity);

    public TrafficMessage Next(long number, DateTimeOffset time)
    {
        var index = _mix.Spin(_random);
        var vendor = Vendor.All[index];
        var payment = CardModel.Draw(_random, vendor);
        var label = _random.Chance(CardModel.FraudProbability(payment, vendor)) ? Fraud : Legit;
        TimedAttack? truth = null;

        if (_flips[index] is { } flip && flip.IsActive(number) && label == Fraud && InSlice(flip, payment) && _random.Chance(flip.Share))
        {
            label = Legit;
            truth = flip;
        }

        if (_outliers[index] is { } outliers && outliers.IsActive(number) && _random.Chance(outliers.Share))
        {
            payment = payment with { Amount = payment.Amount * 10_000, Distance = -1 };
            truth = outliers;
        }

        return Write(number, time, index, payment, label, truth);
    }

    private TrafficMessage Write(long number, DateTimeOffset time, int index, in CardPayment payment, string label, TimedAttack? truth)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"tx-{number:D9}");
        var json = _writer.Begin(_frames[index], number, id, time);
        json.WriteString("id"u8, id);
        json.WriteString("vendor"u8, Vendor.All[index].Name);
        json.WriteString("written_by"u8, Vendor.All[index].Identity);
        json.WriteString("booked_at"u8, time.UtcDateTime);
        json.WriteNumber("amount"u8, payment.Amount);
        json.WriteNumber("hour"u8, payment.Hour);
        json.WriteNumber("merchant_age_days"u8, payment.MerchantAge);
        json.WriteNumber("distance_km"u8, payment.Distance);
        json.WriteNumber("card_uses_last_hour"u8, payment.HourlyCount);
        json.WriteString("region"u8, CardModel.Regions[payment.Region]);
        json.WriteString("merchant_category"u8, CardModel.Categories[payment.Category]);
        json.WriteString("channel"u8, CardModel.Channels[payment.Channel]);
        json.WriteString("label"u8, label);
        return _writer.End(truth);
    }

    /// <summary>The attack's subject names one region: <c>region=NAME</c>.</summary>
    private static bool InSlice(TimedAttack flip, in CardPayment payment) =>
        flip.Subject.AsSpan().EndsWith(CardModel.Regions[payment.Region], StringComparison.Ordinal);
}
