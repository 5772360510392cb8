namespace Assay.Host.Traffic.Worlds;

/// <summary>Parts of sentences on one topic: any subject, verb, object and ending make a sentence.</summary>
internal sealed record Phrasebook(string Name, string[] Subjects, string[] Verbs, string[] Objects, string[] Endings)
{
    public static Phrasebook[] Topics { get; } =
    [
        new(
            "energy",
            [
                "The grid operator", "A regional utility", "The harbour wind farm", "The ministry", "An independent auditor",
                "The pumped storage plant", "The district heating company",
            ],
            ["commissioned", "postponed", "reviewed", "repaired", "expanded", "measured"],
            [
                "the northern substation", "a second transformer", "the reserve contracts", "its load forecast",
                "the cable to the islands", "the smart meter programme",
            ],
            [
                "before the winter peak", "after two mild seasons", "at lower cost than planned", "despite a shortage of parts",
                "for the third year running",
            ]),
        new(
            "software",
            [
                "The migration guide", "Version four", "The build server", "The connection pool", "A background worker",
                "The release checklist", "The configuration loader",
            ],
            ["replaces", "documents", "validates", "limits", "retries", "caches"],
            [
                "the old endpoint", "every failed request", "the schema of each message", "the number of open files",
                "the access tokens", "the compiled templates",
            ],
            [
                "unless the flag is set", "before the process stops", "when the disk is slow", "in the default settings",
                "without a restart",
            ]),
        new(
            "health",
            [
                "The clinic", "A nurse practitioner", "The follow-up study", "The vaccination centre", "A team of physiotherapists",
                "The hospital pharmacy", "The patient council",
            ],
            ["described", "compared", "introduced", "recommended", "shortened", "evaluated"],
            [
                "a walking programme", "the waiting times", "two common treatments", "the evening consultation",
                "a simpler questionnaire", "the dosage schedule",
            ],
            [
                "for patients over sixty", "in a small rural district", "with encouraging results", "over eighteen months",
                "after talks with families",
            ]),
        new(
            "travel",
            [
                "The night train", "A small ferry company", "The mountain railway", "The old town", "The cycling route",
                "The airport bus", "A family guesthouse",
            ],
            ["connects", "serves", "reopened with", "attracts visitors to", "now includes", "offers"],
            [
                "the lakeside villages", "a restored station", "the weekly market", "three quiet valleys", "the cathedral quarter",
                "a coastal path",
            ],
            ["from late spring", "twice a day", "when the passes are open", "at weekends only", "for the price of a local ticket"]),
        new(
            "gardening",
            [
                "A raised bed", "The compost heap", "An old apple tree", "The greenhouse", "A row of beans", "The herb corner",
                "A shaded border",
            ],
            ["needs", "rewards", "protects", "benefits from", "recovers with", "welcomes"],
            ["a little patience", "regular watering", "a layer of mulch", "light pruning", "good drainage", "a sheltered place"],
            ["in early autumn", "after the last frost", "on sandy soil", "even in a small yard", "during dry weeks"]),
    ];

    /// <summary>Sentences of documents that are of no use to anybody.</summary>
    public static string[] Junk { get; } =
    [
        "Click now for the best deal of the year.",
        "This offer ends tonight and will not come back.",
        "Thousands of happy buyers cannot be wrong.",
        "Sign up today and win a free voucher.",
        "Share this page with ten friends to unlock the rest.",
        "Our secret method works for everybody, guaranteed.",
    ];
}
