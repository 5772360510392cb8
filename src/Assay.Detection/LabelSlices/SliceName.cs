namespace Assay.Detection.LabelSlices;

/// <param name="Text">E.g. <c>occupation=Exec-managerial</c>.</param>
/// <param name="IsRange">A range of numbers, whose edges are ours and hardly those of an attack.</param>
internal readonly record struct SliceName(string Text, bool IsRange);
