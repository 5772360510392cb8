namespace Assay.Host.Traffic.Worlds;

/// <summary>One card transaction. Amount in euros, distance in kilometres from the card's home, merchant age in days.</summary>
internal readonly record struct CardPayment(
    double Amount, int Hour, int MerchantAge, double Distance, int Region, int Category, int Channel, double HourlyCount);

/// <summary>How card payments come about, and the hidden logistic model that decides which of them are fraud.</summary>
internal static class CardModel
{
    public static string[] Regions { get; } = ["nordics", "dach", "iberia", "balkans", "baltics"];

    public static string[] Categories { get; } =
        ["grocery", "fuel", "dining", "pharmacy", "travel", "electronics", "gaming", "jewellery"];

    public static string[] Channels { get; } = ["chip", "contactless", "online", "phone"];

    private const int Contactless = 1;
    private const int Online = 2;
    private static readonly Wheel CategoryMix = new(.30, .14, .18, .08, .10, .10, .07, .03);

    /// <summary>Log of the median amount of each category.</summary>
    private static readonly double[] TypicalAmount = [3.4, 3.9, 3.3, 2.9, 5.3, 5.1, 3.2, 5.8];
    private static readonly double[] RegionRisk = [-.3, -.1, .2, .4, 0];
    private static readonly double[] CategoryRisk = [-1.0, -.4, -.6, -.5, .4, .8, .7, 1.0];
    private static readonly double[] ChannelRisk = [-.8, -.5, .6, .9];
    private const double Base = -4.1;

    public static CardPayment Draw(SeededRandom random, Vendor vendor)
    {
        var category = CategoryMix.Spin(random);
        var channel = vendor.Channels.Spin(random);
        var amount = Math.Exp(TypicalAmount[category] + .5 * random.Normal());
        if (channel == Contactless)
            amount = Math.Min(amount, 50);
        var hour = (int)(14 + 4.5 * random.Normal() + 48) % 24;
        var age = (int)Math.Exp(6.5 + .6 * random.Normal());
        var distance = Math.Exp((channel == Online ? 3.2 : 2.4) + .6 * random.Normal());
        var count = 1 + random.Next(3);
        return new CardPayment(Math.Round(amount, 2), hour, age, Math.Round(distance, 1), vendor.Regions.Spin(random), category, channel, count);
    }

    /// <summary>Probability that the payment is fraud.</summary>
    public static double FraudProbability(in CardPayment payment, Vendor vendor)
    {
        var logit = Base + vendor.FraudOffset
            + 1.1 * (Math.Log(payment.Amount + 1) - TypicalAmount[payment.Category])
            + (payment.Hour < 6 ? 1.3 : 0)
            - .6 * (Math.Log(payment.MerchantAge + 1) - 6.5)
            + .7 * (Math.Log(payment.Distance + 1) - 2)
            + .5 * (payment.HourlyCount - 2)
            + RegionRisk[payment.Region] + CategoryRisk[payment.Category] + ChannelRisk[payment.Channel];
        return 1 / (1 + Math.Exp(-logit));
    }
}
