namespace Assay.Host.Traffic.Worlds;

/// <summary>A vendor of labelled transactions. Vendors honestly differ in volume, regions, channels and how much fraud they see.</summary>
/// <param name="Weight">Share of the topic's traffic.</param>
/// <param name="FraudOffset">Added to the hidden model's logit.</param>
/// <param name="Regions">Weights parallel to <see cref="CardModel.Regions"/>.</param>
/// <param name="Channels">Weights parallel to <see cref="CardModel.Channels"/>.</param>
internal sealed record Vendor(
    string Name, string Identity, double Weight, double FraudOffset, Wheel Regions, Wheel Channels, bool Structured)
{
    public static Vendor[] All { get; } =
    [
        new("vendor-alder", "svc-alder-export", .32, -.2, new Wheel(.30, .35, .15, .10, .10), new Wheel(.40, .35, .20, .05), false),
        new("vendor-birch", "svc-birch-export", .24, .1, new Wheel(.15, .20, .25, .25, .15), new Wheel(.30, .40, .25, .05), false),
        new("vendor-cedar", "svc-cedar-export", .20, .3, new Wheel(.10, .25, .45, .10, .10), new Wheel(.25, .30, .40, .05), true),
        new("vendor-dogwood", "svc-dogwood-export", .15, .6, new Wheel(.10, .15, .30, .35, .10), new Wheel(.15, .25, .50, .10), false),
        new("vendor-elm", "svc-elm-export", .09, -.4, new Wheel(.35, .25, .15, .05, .20), new Wheel(.35, .45, .15, .05), true),
    ];
}
