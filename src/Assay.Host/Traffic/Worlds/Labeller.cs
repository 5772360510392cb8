namespace Assay.Host.Traffic.Worlds;

/// <summary>A person, behind an API key, who says what support messages are about.</summary>
/// <param name="Skill">Chance of the right answer on an item of average difficulty.</param>
/// <param name="Habit">The answer this labeller tends to when in doubt.</param>
/// <param name="Pace">Median seconds for an answer.</param>
internal sealed record Labeller(string Name, double Skill, int Habit, double Pace, double Weight)
{
    public static string[] Answers { get; } = ["billing", "fraud-report", "refund", "other"];

    public const int Count = 24;

    public static Labeller[] Draw(SeededRandom random)
    {
        var all = new Labeller[Count];
        for (var i = 0; i < Count; i++)
        {
            all[i] = new Labeller(
                $"labeller-{i + 1:D2}",
                .78 + .19 * random.Next(),
                random.Next(Answers.Length),
                9 + 6 * random.Next(),
                .5 + random.Next());
        }

        return all;
    }
}
