namespace System.Runtime.CompilerServices;

/// <summary>
/// An assembly that carries this attribute may use the internals of the assembly it names. The runtime looks for it by name
/// and leaves it to its users to declare it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute : Attribute
{
    public IgnoresAccessChecksToAttribute(string assemblyName) => AssemblyName = assemblyName;

    public string AssemblyName { get; }
}
