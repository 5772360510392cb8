namespace Assay.Detection.Tests.Conformance;

/// <summary>Seeded records of every shape that a mapping profile can produce, ordinary and hostile.</summary>
internal static class Streams
{
    private static readonly string[] _featureNames = ["age", "hours", "gain", "rate", "score", "count"];
    private static readonly string[] _words = ["good", "bad", "film", "night", "hidden\u200Btext", "tag\U000E0041", "\u202Eevil", "café", "日本"];

    /// <summary>A mixed stream: features, attributes, texts, judgements, repeats, duplicate ids, some records nearly empty.</summary>
    public static void Mixed(Random random, int index, Record record)
    {
        record.Clear();
        record.Source = "source-1";
        record.Dataset = "d";
        record.Identity = $"identity-{random.Next(40)}";
        record.Offset = index;
        record.AppendTimeMs = 1_700_000_000_000 + 37L * index + random.Next(20);
        record.HasOwnId = random.Next(3) > 0;
        record.Id = $"r{(random.Next(50) == 0 ? index / 2 : index)}";
        if (random.Next(20) == 0)
            return;
        foreach (var name in _featureNames)
        {
            if (random.Next(10) > 0)
                record.Features.Add(name, random.Next(200) == 0 ? 1e9 : Math.Round(random.NextDouble() * 10, random.Next(3)));
        }

        record.Attributes.Add("occupation", _words[random.Next(4)]);
        record.Label = random.Next(2) == 0 ? "yes" : "no";
        if (random.Next(2) == 0)
            record.Text = $"{_words[random.Next(4)]} {_words[random.Next(random.Next(10) == 0 ? _words.Length : 4)]} {random.Next(5)}";
        if (random.Next(4) == 0)
            (record.Target, record.Value) = ($"item-{random.Next(30)}", random.Next(1, 6));
        if (random.Next(4) == 0)
            (record.Tool, record.Reward) = ($"tool-{random.Next(5)}", random.NextDouble());
    }

    /// <summary>Every name, id, identity and value is new, names are long, numbers extreme.</summary>
    public static void Hostile(int index, Record record)
    {
        record.Clear();
        record.Source = "source-1";
        record.Dataset = "d";
        record.Identity = $"identity-{index}";
        record.Offset = index;
        record.AppendTimeMs = index % 2 == 0 ? long.MinValue + index : long.MaxValue - index;
        record.HasOwnId = true;
        record.Id = $"r{index}";
        record.Features.Add($"feature-{index}", index % 2 == 0 ? double.MaxValue : -double.MaxValue);
        record.Features.Add("same", index % 3 == 0 ? double.Epsilon : double.MaxValue);
        record.Attributes.Add($"attribute-{index}", $"value-{index}-{new string('x', index % 300)}");
        record.Label = $"label-{index}";
        record.Target = $"target-{index}";
        record.Tool = $"tool-{index}";
        record.Text = $"text {index}";
        record.Value = double.MaxValue;
        record.Reward = -double.MaxValue;
    }
}
