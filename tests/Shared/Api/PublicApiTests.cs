using System.Diagnostics;
using System.Reflection;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Every public type of a package and every method that does something shows how it is used; all code in the documentation is
/// compiled and run by a test; and objects show themselves.
/// </summary>
public abstract class PublicApiTests
{
    private readonly Assembly _package;
    private readonly XmlDocs _docs;
    private readonly MemberInfo[] _members;
    private readonly MemberInfo[] _needExample;

    private protected PublicApiTests(Assembly package, XmlDocs docs)
    {
        _package = package;
        _docs = docs;
        _members = [.. PublicApi.MembersOf(package)];
        _needExample = [.. _members.Where(PublicApi.NeedsExample)];
    }

    /// <summary>
    /// The least number of types and methods that need an example, and of pieces of code. Fewer mean that the tests miss some.
    /// </summary>
    private protected abstract (int TypesAndMethods, int Examples) AtLeast { get; }

    [TestMethod]
    public void Every_type_and_every_method_that_does_something_shows_an_example()
    {
        string[] without = [.. _needExample.Where(member => !_docs.ShowExample(member)).Select(XmlDocId.Of)];

        Assert.IsEmpty(without, $"without an example:\n{string.Join('\n', without)}\n");
    }

    [TestMethod]
    public void All_code_in_the_documentation_is_a_snippet_that_was_run()
    {
        string[] strange = [.. _members
            .SelectMany(_docs.CodeOf, (member, code) => (Id: XmlDocId.Of(member), Code: SnippetFiles.Unindent(code)))
            .Where(example => !SnippetFiles.Snippets.Contains(example.Code))
            .Select(example => $"{example.Id}:\n{example.Code}\n")];

        Assert.IsEmpty(strange, $"code that no test runs:\n{string.Join('\n', strange)}");
    }

    [TestMethod]
    public void Types_methods_and_code_are_found()
    {
        Assert.IsGreaterThanOrEqualTo(AtLeast.TypesAndMethods, _needExample.Length);
        Assert.IsGreaterThanOrEqualTo(AtLeast.Examples, _members.Sum(member => _docs.CodeOf(member).Count()));
    }

    [TestMethod]
    public void What_has_a_text_of_its_own_shows_it_in_a_debugger()
    {
        Type[] texts = [.. _package.GetExportedTypes().Where(type =>
            type.GetMethod(nameof(ToString), [])?.DeclaringType!.Assembly == _package)];

        Assert.IsNotEmpty(texts);
        foreach (Type type in texts)
        {
            string?[] displays = [.. type.GetCustomAttributes<DebuggerDisplayAttribute>(inherit: true)
                .Select(attribute => attribute.Value).Distinct()];
            CollectionAssert.AreEqual(new[] { "{ToString(),nq}" }, displays, type.Name);
        }
    }
}
