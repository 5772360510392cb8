using System.Globalization;
using Assay.Contracts.Records;
using Assay.Mapping.Files;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Checking;

/// <summary>Shows the first records of a file as a profile reads them.</summary>
public static class ProfileCheck
{
    private const string Topic = "topic";

    /// <summary>Prints record by record what each field holds, then failures by rule and the fields that were never found.</summary>
    /// <param name="columns">Of a CSV with a header; null or empty otherwise.</param>
    /// <param name="count">Records to read, at least 1.</param>
    /// <returns>How many records could not be read.</returns>
    /// <exception cref="ProfileException">The profile does not fit the columns.</exception>
    public static int Run(
        Profile profile, IReadOnlyList<string>? columns, IEnumerable<FileRecord> records, TextWriter output, int count = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var registry = new ProfileRegistry();
        registry.Add(Topic, profile, columns is { Count: > 0 } ? columns : null);
        var reader = registry.CreateReader(Topic, 0);
        var headers = ProfileFiles.Headers(profile);
        var tally = new CheckTally(registry.Find(Topic)!);
        var record = new Record();
        foreach (var raw in records.Take(count))
        {
            var failure = raw.Failure;
            var input = new InputRecord(tally.Records, 0, null, raw.Raw.ToArray(), headers);
            var fine = failure is null && reader.TryRead(input, record, out failure);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{raw.File}, line {raw.Line}"));
            if (fine)
            {
                foreach (var (field, value) in RecordText.Fields(record))
                    output.WriteLine($"  {field,-12}{value}");
                tally.Read(record);
            }
            else
            {
                output.WriteLine($"  not read: {failure!.Reason}");
                tally.Failed(failure);
            }

            output.WriteLine();
        }

        tally.Write(output);
        return tally.Failures;
    }
}
