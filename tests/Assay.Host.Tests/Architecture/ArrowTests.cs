namespace Assay.Host.Tests.Architecture;

public sealed class ArrowTests
{
    public static TheoryData<string> Names { get; } = [.. Rooms.All.Select(r => r.Name)];

    [Fact]
    public void Rooms_InTheSourceFolder_AreAllListed() => Assert.Equal(
        Directory.EnumerateDirectories(Repository.At("src")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Rooms.All.Select(r => r.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void Room_AsBuilt_FollowsTheArrows(string name) => Check(name, Rooms.References);

    [Theory, MemberData(nameof(Names))]
    public void Room_AsDeclared_FollowsTheArrows(string name) => Check(name, Rooms.Declared);

    [Fact]
    public void References_OfTheHost_AreRead() => Assert.Contains("Assay.Contracts", Rooms.References(Rooms.All.Single(r => r.Name == "Assay.Host")));

    private static void Check(string name, Func<Room, IReadOnlyList<string>> references)
    {
        var room = Rooms.All.Single(r => r.Name == name);
        foreach (var reference in references(room))
        {
            Assert.True(
                !reference.StartsWith("Assay.", StringComparison.Ordinal) || room.May.Contains(reference),
                $"{name} refers to {reference}; it may refer to: {string.Join(", ", room.May)}.");
            Assert.False(
                Array.Exists(room.MustNot, p => reference.StartsWith(p, StringComparison.Ordinal)),
                $"{name} refers to {reference}, which is kept out of this room.");
        }
    }
}
