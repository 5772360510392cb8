using System.Text;
using System.Text.Json.Nodes;
using Assay.Mapping.Profiles;
using Assay.Mapping.Tests.Examples;

namespace Assay.Mapping.Tests.Profiles;

/// <summary>Page, schema and program name the same keys.</summary>
public class ProfileDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ExampleData.Repository(), "docs", "profiles.md"));

    [Fact]
    public void Schema_NamesEveryKeyAndNoOther()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(ExampleData.Repository(), "docs", "schemas", "profile.v1.json")))!;
        Assert.Equal(
            ProfileKeys.All.Order(StringComparer.Ordinal), schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_NamesEveryKey() => Assert.All(ProfileKeys.All, key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Page_ShowsAProfileThatLoads()
    {
        var blocks = Page.Split("```json").Skip(1).Select(b => b.Split("```")[0]).ToArray();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Profile.Parse(Encoding.UTF8.GetBytes(b)));
    }
}
