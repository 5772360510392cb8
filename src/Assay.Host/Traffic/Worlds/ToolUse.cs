namespace Assay.Host.Traffic.Worlds;

/// <summary>The tools of the agents' world and how agents use them and are rewarded for it.</summary>
internal static class ToolUse
{
    public static string[] Agents { get; } = [.. Enumerable.Range(1, 8).Select(i => $"agent-{i}")];

    public static string[] Tools { get; } =
    [
        "search.web", "files.read", "code.run_sandboxed", "db.query_readonly", "http.get", "files.write", "mail.draft", "calendar.create",
        "shell.exec_unreviewed",
    ];

    public static string[] Tasks { get; } = ["triage", "report", "fix-build", "schedule"];

    /// <summary>Tool mix of each task, parallel to <see cref="Tools"/>; the unsafe tool is rare for everybody.</summary>
    private static readonly Wheel[] Mixes =
    [
        new(.35, .20, .05, .15, .15, .02, .06, .016, .004),
        new(.25, .25, .05, .25, .08, .08, .03, .008, .002),
        new(.10, .30, .35, .03, .05, .155, .005, .002, .008),
        new(.10, .05, .01, .05, .05, .02, .30, .419, .001),
    ];

    /// <summary>Chance that the evaluator is content, parallel to <see cref="Tools"/>.</summary>
    private static readonly double[] Success = [.72, .85, .68, .80, .75, .70, .78, .88, .06];

    /// <summary>Each agent's own mix of tasks, parallel to <see cref="Tasks"/>.</summary>
    private static readonly Wheel[] Duties =
    [
        new(.7, .1, .1, .1), new(.1, .7, .1, .1), new(.1, .1, .7, .1), new(.1, .1, .1, .7),
        new(.4, .4, .1, .1), new(.3, .2, .4, .1), new(.2, .3, .2, .3), new(.25, .25, .25, .25),
    ];

    public static int DrawTask(SeededRandom random, int agent) => Duties[agent].Spin(random);

    public static int DrawTool(SeededRandom random, int task) => Mixes[task].Spin(random);

    /// <summary>A reward in [0, 1]: high where the evaluator is content. Agents honestly differ by up to ±.07 in how often.</summary>
    public static double Reward(SeededRandom random, int agent, int tool)
    {
        var content = random.Chance(Success[tool] + (tool == Tools.Length - 1 ? 0 : .02 * (agent - 3.5)));
        return Math.Round(content ? .7 + .3 * random.Next() : .4 * random.Next(), 2);
    }
}
