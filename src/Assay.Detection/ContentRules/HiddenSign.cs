namespace Assay.Detection.ContentRules;

/// <summary>What one rule found in one text.</summary>
/// <param name="Count">Characters that break the rule; 0 for none.</param>
/// <param name="Position">UTF-16 index of the first.</param>
/// <param name="CodePoint">The first.</param>
internal readonly record struct HiddenSign(int Count, int Position, int CodePoint)
{
    public HiddenSign And(int position, int codePoint) =>
        Count == 0 ? new HiddenSign(1, position, codePoint) : this with { Count = Count + 1 };
}
