using System.Reflection;
using System.Xml.Linq;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The documentation files beside the assemblies, as an editor reads them.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    /// <param name="assemblies">This project's assemblies: a member may inherit documentation from another assembly.</param>
    public XmlDocs(params string[] assemblies) => _members = assemblies
        .SelectMany(assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The code in a member's own documentation, in its example and elsewhere.</summary>
    public IEnumerable<string> CodeOf(MemberInfo member) =>
        _members.TryGetValue(XmlDocId.Of(member), out XElement? docs) ? docs.Descendants("code").Select(code => code.Value) : [];

    /// <summary>Whether the member has an example, its own or an inherited one.</summary>
    public bool ShowExample(MemberInfo member) => ShowExample(XmlDocId.Of(member), OverriddenBy(member));

    private bool ShowExample(string id, MemberInfo? overridden)
    {
        if (!_members.TryGetValue(id, out XElement? docs))
            return false;
        if (docs.Elements("example").Elements("code").Any(code => code.Value.Trim().Length > 0))
            return true;
        return docs.Element("inheritdoc") is { } inherited
            && (inherited.Attribute("cref") is { } source ? ShowExample(source.Value, overridden: null)
                : overridden is not null && ShowExample(overridden));
    }

    private static MethodInfo? OverriddenBy(MemberInfo member) =>
        member is MethodInfo method && method.GetBaseDefinition() != method ? method.GetBaseDefinition() : null;
}
