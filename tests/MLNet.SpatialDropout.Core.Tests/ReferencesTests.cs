using System.Reflection;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The core does not reference ML.NET, directly or through another assembly.</summary>
[TestClass]
public sealed class ReferencesTests
{
    private const string MLNet = "Microsoft.ML";

    [TestMethod]
    public void No_assembly_that_the_core_refers_to_is_MLNets()
    {
        string[] references = [.. ReferencesOf(typeof(DropoutPlan).Assembly)];

        Assert.Contains("System.IO.Hashing", references);
        Assert.IsEmpty(references.Where(IsMLNets));
    }

    /// <summary>This project references only the core and test tools, and the build copies their dependencies here.</summary>
    [TestMethod]
    public void No_assembly_beside_the_core_is_MLNets()
    {
        string[] assemblies =
            [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)!)];

        Assert.Contains("MLNet.SpatialDropout.Core", assemblies);
        Assert.IsEmpty(assemblies.Where(IsMLNets));
        Assert.DoesNotContain("MLNet.SpatialDropout", assemblies);
    }

    private static bool IsMLNets(string assembly) => assembly == MLNet || assembly.StartsWith($"{MLNet}.");

    // Follows references transitively.
    private static HashSet<string> ReferencesOf(Assembly assembly)
    {
        var found = new HashSet<string>();
        var open = new Stack<Assembly>([assembly]);
        while (open.TryPop(out Assembly? next))
        {
            foreach (AssemblyName reference in next.GetReferencedAssemblies().Where(name => found.Add(name.Name!)))
                open.Push(Assembly.Load(reference));
        }

        return found;
    }
}
