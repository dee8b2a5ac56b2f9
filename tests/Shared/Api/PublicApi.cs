using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The public members of an assembly that its authors wrote.</summary>
internal static class PublicApi
{
    // Members that every .NET developer knows.
    private static readonly string[] WellKnown = [nameof(ToString), nameof(Equals), nameof(GetHashCode), "GetEnumerator"];

    public static IEnumerable<MemberInfo> MembersOf(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(type => type
            .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.DeclaredOnly)
            .Where(member => IsVisible(member) && !IsMadeByCompiler(member))
            .Prepend(type));

    /// <summary>Whether a member's documentation needs an example: types do, and methods that do something.</summary>
    public static bool NeedsExample(MemberInfo member) =>
        member is Type || (member is MethodInfo { IsSpecialName: false } && !WellKnown.Contains(member.Name));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),

        // Nobody else can call the protected overrides of a class that nobody else can derive from.
        MethodBase { IsPublic: false, DeclaringType: { } type } when !CanBeDerivedFrom(type) => false,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        EventInfo => true,
        _ => false,
    };

    private static bool CanBeDerivedFrom(Type type) => !type.IsSealed
        && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(constructor => constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly);

    // The accessors of properties; the clone, deconstruction and ToString of records; the field behind an enum's members.
    private static bool IsMadeByCompiler(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute))
        || member is FieldInfo { IsSpecialName: true }
        || (member is MethodInfo { IsSpecialName: true } && !member.Name.StartsWith("op_"));
}
