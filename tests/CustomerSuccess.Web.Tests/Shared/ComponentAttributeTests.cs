using System.Reflection;
using System.Text.RegularExpressions;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>A component that is given an attribute it does not take ends its page, and only when that part is shown.</summary>
public sealed partial class ComponentAttributeTests
{
    [Fact]
    public void Components_are_given_only_what_they_take()
    {
        var components = typeof(Navigation).Assembly.GetTypes().Where(type => typeof(IComponent).IsAssignableFrom(type)).ToLookup(type => type.Name.Split('`')[0]);
        var faults =
            from file in Repository.WebFiles("*.razor")
            from tag in Tag().Matches(Comment().Replace(File.ReadAllText(file), "")).Cast<Match>()
            let candidates = components[tag.Groups["name"].Value].ToList()
            where candidates.Count > 0
            from attribute in Attribute().Matches(tag.Groups["attributes"].Value).Select(match => match.Groups[1].Value)
            where !candidates.Exists(type => Takes(type, attribute))
            select $"{Path.GetFileName(file)}: <{tag.Groups["name"].Value} {attribute}>";
        faults.Should().BeEmpty();
    }

    private static bool Takes(Type component, string attribute)
    {
        var parameters = component.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => (property.Name, Own: property.GetCustomAttribute<ParameterAttribute>())).Where(property => property.Own is not null).ToList();
        return parameters.Exists(parameter => parameter.Own!.CaptureUnmatchedValues)
            || parameters.Exists(parameter => string.Equals(parameter.Name, attribute, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"<(?<name>[A-Z]\w*)(?<attributes>(?:\s+[\w@:.-]+(?:=(?:""(?:@\((?>[^()""]|""[^""]*""|\((?<depth>)|\)(?<-depth>))*\)|[^""])*""|@?[\w.]+))?)*)\s*/?>")]
    private static partial Regex Tag();

    /// <summary>Attributes of HTML, which only those components take that pass them on.</summary>
    [GeneratedRegex(@"(?:^|\s)((?:data|aria)-[\w-]+|class|id|style|title|target|rel|download)(?==""|\s|$)")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
