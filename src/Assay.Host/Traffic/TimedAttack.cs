using Assay.Contracts.Trust;

namespace Assay.Host.Traffic;

public enum AttackKind
{
    /// <summary>Labels of one class turned into another where a column has the value of <see cref="TimedAttack.Subject"/>.</summary>
    LabelFlip,

    /// <summary>A labeller clicks without reading.</summary>
    CarelessLabels,

    /// <summary>A labeller gives one answer to everything; the subject is the answer.</summary>
    SpamLabels,

    /// <summary>A stolen key answers in the labeller's name: turned labels, another client, a faster hand.</summary>
    KeyTakeover,

    /// <summary>An agent is rewarded for an unsafe tool; the subject is the tool.</summary>
    RewardedTool,

    /// <summary>An agent's memory learns to use an unsafe tool; the subject is the tool.</summary>
    PoisonedMemory,

    /// <summary>Documents carry invisible characters.</summary>
    HiddenCharacters,

    /// <summary>Worthless documents labelled as good, with a rare word; the subject is the word.</summary>
    TriggerToken,

    /// <summary>One document sent again and again, under its own id or new ones.</summary>
    DuplicateFlood,

    /// <summary>A fault, not an attack: a writer sends what nobody can read.</summary>
    MalformedMessages,

    /// <summary>A fault, not an attack: an exporter with the wrong units.</summary>
    OutlierRows,
}

/// <summary>Something wrong in the generated world: who does it, from which record of the stream on, how often.</summary>
/// <param name="Id">Names the attack in truth and summaries, e.g. <c>flip-cedar</c>.</param>
/// <param name="Identity">The writer, as Assay reads it.</param>
/// <param name="Start">Number of the first record at which it may act.</param>
/// <param name="Share">Share of the writer's eligible records that are changed, above 0 and at most 1; for a flood the share of the
/// topic's records that it makes up.</param>
/// <param name="Subject">What it is about: the slice, the tool, the word.</param>
/// <param name="Description">A sentence for the summary, without its start.</param>
public sealed record TimedAttack(
    string Id, AttackKind Kind, string Topic, string Identity, long Start, double Share, string Subject, string Description)
{
    /// <summary>First record at which it no longer acts.</summary>
    public long End { get; init; } = long.MaxValue;

    /// <summary>Records from the beginning of one burst to the next; 0 for an attack that does not come in bursts.</summary>
    public long BurstEvery { get; init; }

    /// <summary>Records that a burst lasts, at most <see cref="BurstEvery"/>.</summary>
    public long BurstLength { get; init; }

    public bool IsFault => Kind is AttackKind.MalformedMessages or AttackKind.OutlierRows;

    /// <summary>Whether the attack may act at this record.</summary>
    public bool IsActive(long number) =>
        number >= Start && number < End && (BurstEvery == 0 || (number - Start) % BurstEvery < BurstLength);

    /// <summary>Whether a decision about the writer is about this attack: it names the subject, or, of a labeller, says that the answers have changed.</summary>
    public bool Explains(Decision decision) => Kind is AttackKind.CarelessLabels or AttackKind.SpamLabels or AttackKind.KeyTakeover
        ? decision.Detector is not null && decision.Reason.StartsWith("label ", StringComparison.Ordinal)
        : IsNamedIn(decision.Reason);

    private bool IsNamedIn(string sentence)
    {
        for (var at = sentence.IndexOf(Subject, StringComparison.Ordinal); at >= 0; at = sentence.IndexOf(Subject, at + 1, StringComparison.Ordinal))
        {
            var end = at + Subject.Length;
            if ((at == 0 || !char.IsLetterOrDigit(sentence[at - 1])) && (end == sentence.Length || !char.IsLetterOrDigit(sentence[end])))
                return true;
        }

        return false;
    }
}
