using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>The pointers of a profile as a tree, so that one pass over a message finds them all.</summary>
internal sealed class JsonPlan
{
    private readonly string _file;
    private int _nodes;

    /// <exception cref="ProfileException">One field lies within another.</exception>
    public JsonPlan(Profile profile, IReadOnlyList<FieldTarget> fields)
    {
        _file = profile.File;
        Root = NewNode("", "");
        foreach (var field in fields.Where(f => f.Locator.Kind == LocatorKind.Pointer))
            Place(Root, field.Locator.Value).Targets.Add(field);
        var map = 0;
        foreach (var (_, fieldMap) in ProfileRules.Maps(profile))
        {
            if (fieldMap.Wildcard is { } wildcard)
                Place(Root, wildcard.Value).WildcardRoot[map] = true;
            map++;
        }

        Check(Root);
        if (profile.Format == ProfileFormat.CloudEvents)
            Envelope = NewEnvelope(fields);
    }

    /// <summary>Of the message; for CloudEvents of the event's data.</summary>
    public PathNode Root { get; }

    /// <summary>Of a structured CloudEvent; null for other formats.</summary>
    public PathNode? Envelope { get; }

    public int Nodes => _nodes;

    public PathNames Names { get; } = new();

    private PathNode NewEnvelope(IReadOnlyList<FieldTarget> fields)
    {
        var envelope = NewNode("", "");
        AddRule(envelope, "/specversion", FieldRole.SpecVersion);
        AddRule(envelope, "/datacontenttype", FieldRole.ContentType);
        foreach (var field in fields)
        {
            if (CloudEventRules.Attribute(field.Locator) is { } attribute)
                Place(envelope, "/" + attribute).Targets.Add(field);
        }

        var data = NewNode("data", "/data");
        data.DecodedRoot = Root;
        envelope.Add(data);
        var encoded = NewNode(CloudEventRules.Base64Data, "/" + CloudEventRules.Base64Data);
        encoded.DecodedRoot = Root;
        envelope.Add(encoded);
        return envelope;
    }

    private void AddRule(PathNode envelope, string pointer, FieldRole role) =>
        Place(envelope, pointer).Targets.Add(new FieldTarget(role, CloudEventRules.Rule, "", Locator.Pointer(pointer)));

    private PathNode Place(PathNode node, string pointer)
    {
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            var child = node.Children.FirstOrDefault(c => c.Name.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(token)));
            if (child is null)
            {
                child = NewNode(token, $"{node.Path}/{token}");
                node.Add(child);
            }

            node = child;
        }

        return node;
    }

    private PathNode NewNode(string name, string path) => new(_nodes++, name, path);

    private void Check(PathNode node)
    {
        if (node.Targets.Count > 0 && (node.Children.Count > 0 || node.IsWildcardRoot))
        {
            var field = node.Targets[0];
            throw new ProfileException(
                [new ProfileError(_file, field.Locator.Line, field.Rule, $"reads one value {field.Place}; another field reads within it")]);
        }

        foreach (var child in node.Children)
            Check(child);
    }
}
