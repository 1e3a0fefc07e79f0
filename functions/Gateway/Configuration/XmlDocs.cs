using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Configuration;

/// <summary>The summaries that stand above the records, from the compiler's documentation file.</summary>
internal sealed partial class XmlDocs(XDocument file)
{
    private readonly Dictionary<string, string> _summaries = file.Descendants("member")
        .Where(member => member.Attribute("name") is not null && member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{type.FullName}", "");

    public string Of(PropertyInfo property) => _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    // References read as their last word: "F:Gateway.TlsMode.Off" is Off.
    private static string Text(XElement summary) => Space().Replace(string.Concat(summary.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } reference => reference.Value.Split('.')[^1],
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
