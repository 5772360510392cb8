using System.Globalization;

namespace Assay.Host.Traffic.Worlds;

/// <summary>Eight agents use tools; evaluators reward them.</summary>
internal sealed class AgentWorld : ITrafficWorld
{
    private readonly SeededRandom _random;
    private readonly CloudEventWriter _writer;
    private readonly EventFrame[] _gateways;
    private readonly TimedAttack?[] _attacks;

    public AgentWorld(int seed, CloudEventWriter writer, AttackTimetable timetable)
    {
        _random = new SeededRandom(seed, Topic);
        _writer = writer;
        _gateways =
        [
            new EventFrame(Topic, "agent-gateway-a", "io.assay.demo.tool-reward.v1", structured: true),
            new EventFrame(Topic, "agent-gateway-b", "io.assay.demo.tool-reward.v1", structured: false),
        ];
        _attacks = [.. ToolUse.Agents.Select(a => timetable.Of(AttackKind.RewardedTool, Topic, a))];
    }

    public string Topic => TrafficTopics.Agents;

    public bool Stages(TimedAttack attack) => attack.Kind == AttackKind.RewardedTool && ToolUse.Agents.Contains(attack.Identity);

    public TrafficMessage Next(long number, DateTimeOffset time)
    {
        var agent = _random.Next(ToolUse.Agents.Length);
        var task = ToolUse.DrawTask(_random, agent);
        var drawn = ToolUse.DrawTool(_random, task);
        var tool = ToolUse.Tools[drawn];
        var reward = ToolUse.Reward(_random, agent, drawn);
        TimedAttack? truth = null;
        if (_attacks[agent] is { } attack && attack.IsActive(number) && _random.Chance(attack.Share))
        {
            tool = attack.Subject;
            reward = Math.Round(.85 + .15 * _random.Next(), 2);
            truth = attack;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"use-{number:D9}");
        var gateway = _gateways[agent % _gateways.Length];
        var json = _writer.Begin(gateway, number, id, time);
        json.WriteString("id"u8, id);
        json.WriteString("gateway"u8, gateway.Source);
        json.WriteString("agent"u8, ToolUse.Agents[agent]);
        json.WriteString("task"u8, ToolUse.Tasks[task]);
        json.WriteString("tool"u8, tool);
        json.WriteNumber("reward"u8, reward);
        json.WriteNumber("duration_ms"u8, (int)Math.Exp(5.5 + .4 * _random.Normal()));
        json.WriteString("used_at"u8, time.UtcDateTime);
        return _writer.End(truth);
    }
}
