using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Assay.Host.Tests.Architecture;

public sealed class LogEventTests
{
    /// <summary>First id of each room's block of a thousand.</summary>
    private static readonly Dictionary<string, int> Blocks = new()
    {
        ["Assay.Kafka"] = 1000,
        ["Assay.Grains"] = 2000,
        ["Assay.Trust"] = 3000,
        ["assay"] = 4000,
    };

    [Fact]
    public void LogEvents_OverAllRooms_AreUniqueAndWithinTheirBlock()
    {
        var events = Events().ToList();

        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.True(
            Blocks.TryGetValue(e.Room, out var first) && e.Id >= first && e.Id < first + 1000, $"{e.Room} {e.Method} has event id {e.Id}"));
        Assert.All(events.GroupBy(e => e.Id), g => Assert.True(
            g.Count() == 1, $"event id {g.Key} is used by {string.Join(", ", g.Select(e => e.Method))}"));
    }

    private static IEnumerable<(string Room, string Method, int Id)> Events() =>
        from room in Rooms.All
        from type in Assembly.Load(room.Assembly).GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (room.Assembly, $"{type.Name}.{method.Name}", attribute.EventId);
}
