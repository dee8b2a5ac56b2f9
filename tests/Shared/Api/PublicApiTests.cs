using System.Diagnostics;
using System.Reflection;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Every public member of a package shows how it is used, in code that a test compiles and runs; and its objects show themselves.
/// </summary>
public abstract class PublicApiTests
{
    private readonly Assembly _package;
    private readonly XmlDocs _docs;
    private readonly MemberInfo[] _members;

    private protected PublicApiTests(Assembly package, XmlDocs docs)
    {
        _package = package;
        _docs = docs;
        _members = [.. PublicApi.MembersOf(package).Where(member => docs.Describe(member) || member is not ConstructorInfo)];
    }

    /// <summary>How many members and pieces of code there are at least: fewer, and the tests look past them.</summary>
    private protected abstract (int Members, int Examples) AtLeast { get; }

    [TestMethod]
    public void Every_public_member_shows_an_example()
    {
        string[] without = [.. _members.Where(member => !_docs.ShowExample(member)).Select(XmlDocId.Of)];

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
    public void Members_and_code_are_found()
    {
        Assert.IsGreaterThanOrEqualTo(AtLeast.Members, _members.Length);
        Assert.IsGreaterThanOrEqualTo(AtLeast.Examples, _members.Sum(member => _docs.CodeOf(member).Count()));
    }

    [TestMethod]
    public void What_has_a_text_of_its_own_shows_it_in_a_debugger()
    {
        Type[] texts = [.. _package.GetExportedTypes().Where(type =>
            type.GetMethod(nameof(ToString), [])?.DeclaringType!.Assembly == _package)];

        Assert.IsNotEmpty(texts);
        foreach (Type type in texts)
            Assert.AreEqual(
                "{ToString(),nq}", type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: true)?.Value, type.Name);
    }
}
