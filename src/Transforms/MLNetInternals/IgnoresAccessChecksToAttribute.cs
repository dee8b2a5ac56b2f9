namespace System.Runtime.CompilerServices;

/// <summary>
/// Lets an assembly use the internals of the assembly that it names. The runtime finds the attribute by name, and its users must
/// declare it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute : Attribute
{
    public IgnoresAccessChecksToAttribute(string assemblyName) => AssemblyName = assemblyName;

    public string AssemblyName { get; }
}
