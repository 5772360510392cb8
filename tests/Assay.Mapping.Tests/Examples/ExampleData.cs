using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Mapping.Tests.Examples;

/// <summary>The real data sets: <c>ASSAY_DATA</c>, or <c>../shared/data</c> beside the repository.</summary>
internal static class ExampleData
{
    public static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    public static string Profile(string name) => Path.Combine(Repository(), "docs", "examples", "profiles", name + ".json");

    /// <summary>A file of the data; the test is skipped where it is absent.</summary>
    public static string File(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("ASSAY_DATA") ?? Path.Combine(Repository(), "..", "shared", "data");
        var path = Path.Combine([root, .. parts]);
        Assert.SkipUnless(System.IO.File.Exists(path), $"{path} is absent; set ASSAY_DATA to the folder of the data sets.");
        return path;
    }

    /// <summary>The first lines of the only member of a zip file.</summary>
    public static string FirstLines(string zip, int count, string folder)
    {
        var path = Path.Combine(folder, "lines.csv");
        using var archive = ZipFile.OpenRead(zip);
        using var reader = new StreamReader(archive.Entries[0].Open());
        using var writer = new StreamWriter(path);
        for (var i = 0; i < count && reader.ReadLine() is { } line; i++)
            writer.WriteLine(line);
        return path;
    }

    /// <summary>One member of a <c>.tar.xz</c>, unpacked by <c>tar</c>.</summary>
    public static string Unpacked(string archive, string member, string folder)
    {
        var start = new ProcessStartInfo("tar", ["-xJf", archive, "-C", folder, member]);
        try
        {
            using var tar = Process.Start(start)!;
            tar.WaitForExit();
            Assert.SkipUnless(tar.ExitCode == 0, "tar cannot unpack xz here.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no tar here.");
        }

        return Path.Combine(folder, member);
    }

    /// <summary>An ADBench set (npz with X and y) as the CSV that <c>docs/profiles.md</c> makes of it.</summary>
    public static string AdbenchCsv(string npz, string folder)
    {
        using var archive = ZipFile.OpenRead(npz);
        var (x, rows, columns) = Npy(archive.GetEntry("X.npy")!);
        var (y, _, _) = Npy(archive.GetEntry("y.npy")!);
        Assert.Equal(rows, y.Length);
        var path = Path.Combine(folder, "adbench.csv");
        using var writer = new StreamWriter(path);
        writer.WriteLine(string.Join(',', Enumerable.Range(0, columns).Select(c => $"x{c}")) + ",y");
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{x[(row * columns) + column]:R},"));
            writer.WriteLine(y[row].ToString("R", CultureInfo.InvariantCulture));
        }

        return path;
    }

    /// <summary>An array of the NPY format, version 1, as doubles in row order.</summary>
    private static (double[] Values, int Rows, int Columns) Npy(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray().AsSpan();
        var length = bytes[8] | (bytes[9] << 8);
        var header = Encoding.ASCII.GetString(bytes.Slice(10, length));
        var shape = header.Split('(')[1].Split(')')[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Where(n => n > 0).ToArray();
        var body = bytes[(10 + length)..];
        double[] values = header.Contains("'<f8'", StringComparison.Ordinal)
            ? MemoryMarshal.Cast<byte, double>(body).ToArray()
            : header.Contains("'<i8'", StringComparison.Ordinal)
                ? Array.ConvertAll(MemoryMarshal.Cast<byte, long>(body).ToArray(), n => (double)n)
                : throw new NotSupportedException(header);
        var (rows, columns) = (shape[0], shape.Length > 1 ? shape[1] : 1);
        return (header.Contains("'fortran_order': True", StringComparison.Ordinal) ? Transposed(values, rows, columns) : values, rows, columns);
    }

    private static double[] Transposed(double[] values, int rows, int columns)
    {
        var output = new double[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                output[(row * columns) + column] = values[(column * rows) + row];
        }

        return output;
    }
}
