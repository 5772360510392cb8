namespace Assay.Detection.LabelSlices;

/// <param name="Text">E.g. <c>occupation=Exec-managerial</c>.</param>
/// <param name="IsOurs">Nothing that an attacker would choose: a range of numbers, whose edges are ours, or what the record before was like.</param>
internal readonly record struct SliceName(string Text, bool IsOurs);
