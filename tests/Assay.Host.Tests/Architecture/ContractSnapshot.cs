using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Assay.Contracts.Sources;
using Assay.Contracts.Topics;
using Assay.Contracts.Wire;
using Assay.Detection;

namespace Assay.Host.Tests.Architecture;

/// <summary>Everything that running silos, stored state and readers of the topics depend on, as text that a diff shows well.</summary>
internal static class ContractSnapshot
{
    private const BindingFlags Constants = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Wire = [typeof(ISourceGrain).Assembly, Assembly.Load("Assay.Grains")];

    public static string Render()
    {
        var text = new StringBuilder();
        Section(text, "grains", Types(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t)), Grain);
        Section(text, "wire types", Types(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null), WireType);
        Section(text, "enumerations", Types(t => t.IsEnum), Enumeration);
        Section(text, "topics", new TopicNames().All, t => [t]);
        Section(text, "headers", [typeof(HeaderNames), .. typeof(HeaderNames).GetNestedTypes()], ConstantValues);
        Section(text, "event types", [typeof(CloudEvent.Types)], ConstantValues);
        Section(text, "detectors", DetectorCatalog.All, f => [$"{f.Id} state {State(f)}"]);
        Section(text, "schemas", Repository.Files("docs/schemas", "*.json"), f => [$"{f} {Hash(f)}"]);
        return text.ToString();
    }

    private static void Section<T>(StringBuilder text, string title, IEnumerable<T> items, Func<T, IEnumerable<string>> lines)
    {
        text.Append("# ").Append(title).Append('\n');
        foreach (var line in items.SelectMany(lines))
            text.Append(line).Append('\n');
        text.Append('\n');
    }

    private static IEnumerable<Type> Types(Func<Type, bool> predicate) =>
        Wire.SelectMany(a => a.GetTypes()).Where(predicate).OrderBy(t => t.FullName, StringComparer.Ordinal);

    private static IEnumerable<string> Grain(Type type) =>
        type.GetMethods().OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => $"  {Alias(m)} {Name(m.ReturnType)} {m.Name}({string.Join(", ", m.GetParameters().Select(p => Name(p.ParameterType)))})")
            .Prepend($"{Alias(type)} {type.FullName} : {string.Join(", ", type.GetInterfaces().Select(i => i.Name).Order(StringComparer.Ordinal))}");

    private static IEnumerable<string> WireType(Type type) =>
        Members(type).OrderBy(m => m.Id).Select(m => $"  {m.Id.ToString(CultureInfo.InvariantCulture)} {m.Name} {Name(m.Type)}")
            .Prepend($"{Alias(type)} {type.FullName}");

    private static IEnumerable<(uint Id, string Name, Type Type)> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(All).Select(p => (Member: (MemberInfo)p, Type: p.PropertyType));
        var fields = type.GetFields(All).Select(f => (Member: (MemberInfo)f, Type: f.FieldType));
        return from m in properties.Concat(fields)
               let id = m.Member.GetCustomAttribute<IdAttribute>()
               where id is not null
               select (id.Id, m.Member.Name, m.Type);
    }

    private static IEnumerable<string> Enumeration(Type type) =>
        [$"{type.FullName} {string.Join(", ", Enum.GetNames(type).Select(n => $"{n}={Convert.ToInt64(Enum.Parse(type, n), CultureInfo.InvariantCulture)}"))}"];

    private static IEnumerable<string> ConstantValues(Type type) =>
        type.GetFields(Constants).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);

    private static string Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias ?? "(no alias)";

    private static int State(IDetectorFactory factory) => factory.Create(Activator.CreateInstance(factory.OptionsType)!).StateVersion;

    private static string Hash(string file)
    {
        var text = File.ReadAllText(Repository.At(file)).ReplaceLineEndings("\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static string Name(Type type)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
