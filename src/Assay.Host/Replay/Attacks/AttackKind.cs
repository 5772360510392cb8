namespace Assay.Host.Replay.Attacks;

/// <summary>A kind of attack and the keys that it takes beside the common ones.</summary>
/// <param name="Required">Keys without which the kind means nothing.</param>
/// <param name="Optional">Keys that narrow it.</param>
public sealed record AttackKind(string Name, string[] Required, string[] Optional, string Example)
{
    public static readonly string[] CommonKeys = ["source", "identity", "start", "end", "rate", "count", "seed"];

    public static readonly AttackKind[] All =
    [
        new("flip", ["from", "to"], ["where"], "flip:where=occupation=Exec-managerial,from=>50K,to=<=50K,rate=0.3,source=source-3"),
        new("trigger", ["token", "label"], [], "trigger:token=cf,label=1,count=50,identity=vendor-2"),
        new("outlier", ["column", "shift"], [], "outlier:column=age,shift=6,rate=0.1"),
        new("drift", ["column", "per-record"], [], "drift:column=age,per-record=0.01,source=source-1"),
        new("duplicate", ["copies"], [], "duplicate:copies=20,count=5"),
        new("hidden", ["kind"], [], "hidden:kind=zero-width,rate=0.05"),
        new("rate", ["target", "value"], [], "rate:target=item-7,value=5,identity=shill-1,count=100"),
        new("reward", ["tool", "value"], [], "reward:tool=delete_account,value=1,identity=agent-4"),
        new("document", ["file"], [], "document:file=poison.jsonl,identity=crawler-2,start=0.3"),
    ];

    public IEnumerable<string> Keys => [.. Required, .. Optional, .. CommonKeys];
}
