namespace Assay.Mapping.Reading;

/// <summary>
/// Which maps take the values of the part of a message that is being read, and where in the dotted path their names begin; −1 where a map
/// takes none.
/// </summary>
internal readonly record struct Wildcards(int Feature, int Attribute, int Provenance)
{
    /// <summary>Features, attributes, provenance.</summary>
    public const int Maps = 3;

    public static readonly string[] Keys = ["features", "attributes", "provenance"];

    public static Wildcards None { get; } = new(-1, -1, -1);

    public bool Any => Feature >= 0 || Attribute >= 0 || Provenance >= 0;

    /// <param name="start">Where the names of members of the node begin.</param>
    public Wildcards Enter(PathNode node, int start) => new(
        node.WildcardRoot[0] ? start : Feature,
        node.WildcardRoot[1] ? start : Attribute,
        node.WildcardRoot[2] ? start : Provenance);
}
