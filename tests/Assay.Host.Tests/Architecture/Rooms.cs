using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Assay.Host.Tests.Architecture;

/// <summary>The rooms of the house, which rooms each may know, and which libraries each must not.</summary>
internal static class Rooms
{
    private static readonly string[] Orleans = ["Orleans.", "Microsoft.Orleans."];
    private static readonly string[] Confluent = ["Confluent."];
    private static readonly string[] Redis = ["StackExchange.Redis", "Orleans.Persistence.Redis", "Orleans.Clustering.Redis", "Orleans.Reminders.Redis"];

    public static IReadOnlyList<Room> All { get; } =
    [
        new("Assay.Contracts", [], [.. Confluent, .. Redis]),
        new("Assay.Mapping", ["Assay.Contracts"], [.. Orleans, .. Confluent, .. Redis]),
        new("Assay.Detection", ["Assay.Contracts"], [.. Orleans, .. Confluent, .. Redis]),
        new("Assay.Trust", ["Assay.Contracts"], [.. Orleans, .. Confluent, .. Redis]),
        new("Assay.Grains", ["Assay.Contracts", "Assay.Detection", "Assay.Trust"], [.. Confluent, .. Redis]),
        new("Assay.Kafka", ["Assay.Contracts"], Redis),
        new("Assay.Client", ["Assay.Contracts"], [.. Orleans, .. Confluent, .. Redis]),
        new("Assay.Host",
            ["Assay.Contracts", "Assay.Mapping", "Assay.Detection", "Assay.Trust", "Assay.Grains", "Assay.Kafka", "Assay.Client"],
            Confluent,
            "assay"),
    ];

    /// <summary>What the built assembly refers to, by its metadata.</summary>
    public static IReadOnlyList<string> References(Room room)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, room.Assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    /// <summary>What the project file asks for: rooms and packages.</summary>
    public static IReadOnlyList<string> Declared(Room room) =>
    [
        .. XDocument.Load(Repository.At("src", room.Name, room.Name + ".csproj")).Descendants()
            .Where(e => e.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value is { } include && include.EndsWith(".csproj", StringComparison.Ordinal)
                ? include
                : e.Attribute("Include")!.Value + ".package")),
    ];
}

/// <param name="May">Rooms it may refer to.</param>
/// <param name="MustNot">Beginnings of the names of assemblies and packages that it must not refer to.</param>
internal sealed record Room(string Name, string[] May, string[] MustNot, string? AssemblyName = null)
{
    public string Assembly => AssemblyName ?? Name;
}
