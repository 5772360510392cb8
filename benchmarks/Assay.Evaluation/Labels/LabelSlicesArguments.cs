using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>The command's arguments; see <see cref="LabelSlicesCommand"/>.</summary>
public sealed class LabelSlicesArguments
{
    public string[] Files { get; private set; } = [];

    public string Label { get; private set; } = "target";

    public string Positive { get; private set; } = ">50K";

    public string Negative { get; private set; } = "<=50K";

    public int Tick { get; private set; } = 500;

    public ulong Seed { get; private set; } = LabelSlicesCommand.DefaultSeed;

    public bool Attacks { get; private set; } = true;

    public bool Clean { get; private set; } = true;

    /// <summary>Seeds of every attack; 0 for as many as the command has by itself.</summary>
    public int Runs { get; private set; }

    public bool Quick { get; private set; }

    public double[] Thresholds { get; private set; } = [1e5, 1e4];

    /// <exception cref="ArgumentException">An argument is unknown or lacks its value.</exception>
    public static LabelSlicesArguments Parse(string[] args)
    {
        var parsed = new LabelSlicesArguments();
        var files = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--data": files.Add(Value()); break;
                case "--label": parsed.Label = Value(); break;
                case "--positive": parsed.Positive = Value(); break;
                case "--negative": parsed.Negative = Value(); break;
                case "--tick": parsed.Tick = int.Parse(Value(), CultureInfo.InvariantCulture); break;
                case "--seed": parsed.Seed = ulong.Parse(Value(), CultureInfo.InvariantCulture); break;
                case "--runs": parsed.Runs = int.Parse(Value(), CultureInfo.InvariantCulture); break;
                case "--A": parsed.Thresholds = [double.Parse(Value(), CultureInfo.InvariantCulture)]; break;
                case "--quick": parsed.Quick = true; break;
                case "--only":
                    var only = Value();
                    parsed.Attacks = only == "attacks";
                    parsed.Clean = only == "clean";
                    break;
                default: throw new ArgumentException($"'{args[i]}' is no argument of label-slices.");
            }
        }

        if (files.Count == 0)
        {
            var data = Environment.GetEnvironmentVariable("ASSAY_DATA") ?? Path.Combine("..", "shared", "data");
            files = [Path.Combine(data, "adult", "adult.data.gz"), Path.Combine(data, "adult", "adult.test.gz")];
        }

        parsed.Files = [.. files];
        return parsed;
    }
}
