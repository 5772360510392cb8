using FsCheck;
using FsCheck.Fluent;

namespace Assay.Mapping.Tests.Csv;

/// <summary>Fields and texts that are rich in what CSV stumbles over.</summary>
internal static class CsvGen
{
    private static readonly string[] Pieces =
        ["", "a", "7.5", " ", "\t", ",", ";", "\"", "\"\"", "\r", "\n", "\r\n", "é", "日", "\0", "word"];

    public static Gen<string> Field { get; } = Gen.Choose(0, 5).SelectMany(n => Gen.Elements(Pieces).ListOf(n)).Select(string.Concat);

    public static Gen<string> Soup { get; } = Gen.Choose(0, 40).SelectMany(n => Gen.Elements(Pieces).ListOf(n)).Select(string.Concat);

    public static Gen<byte> Delimiter { get; } = Gen.Elements((byte)',', (byte)'\t', (byte)';', (byte)'|', (byte)' ');
}
