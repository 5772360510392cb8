using Assay.Evaluation.Bound;
using Assay.Evaluation.CleanContent;
using Assay.Evaluation.Labels;
using Assay.Evaluation.Outliers;

// One line a command: its name and what runs it with the arguments after the name.
var commands = new SortedDictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["bound"] = arguments => BoundCommand.Run(arguments, Console.Out),
    ["label-slices"] = LabelSlicesCommand.Run,
    ["clean-content"] = files => CleanContentCommand.Run(files, Console.Out),
    ["stream"] = StreamCommand.Run,
    ["flood"] = FloodCommand.Run,
    ["outliers"] = _ => OutliersCommand.Run(Console.Out),
};

if (args.Length > 0 && commands.TryGetValue(args[0], out var run))
    return run(args[1..]);
Console.Error.WriteLine($"Usage: dotnet run -c Release --project benchmarks/Assay.Evaluation -- COMMAND; commands: {string.Join(", ", commands.Keys)}");
return 2;
