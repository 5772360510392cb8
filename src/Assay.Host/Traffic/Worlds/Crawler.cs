namespace Assay.Host.Traffic.Worlds;

/// <summary>A crawler of a collection. Crawlers honestly differ in what they bring and how much of it is junk.</summary>
/// <param name="Weight">Share of the topic's traffic.</param>
/// <param name="Topics">Weights parallel to <see cref="Phrasebook.Topics"/>.</param>
/// <param name="Junk">Share of promotional junk among its documents.</param>
/// <param name="Structured">Whether it writes CloudEvents in structured mode.</param>
internal sealed record Crawler(string Name, string Collection, double Weight, Wheel Topics, double Junk, bool Structured)
{
    public static Crawler[] All { get; } =
    [
        new("crawler-amber", "web-news", .22, new Wheel(.4, .1, .2, .2, .1), .15, false),
        new("crawler-basil", "web-news", .18, new Wheel(.3, .2, .2, .2, .1), .22, true),
        new("crawler-coral", "product-docs", .16, new Wheel(.1, .6, .1, .1, .1), .08, false),
        new("crawler-delta", "product-docs", .14, new Wheel(.1, .5, .2, .1, .1), .12, false),
        new("crawler-ember", "forums", .18, new Wheel(.15, .25, .15, .2, .25), .30, true),
        new("crawler-fjord", "forums", .12, new Wheel(.1, .2, .2, .2, .3), .35, true),
    ];
}
