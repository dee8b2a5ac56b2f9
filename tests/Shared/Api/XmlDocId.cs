using System.Reflection;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The name of a member in a documentation file: the ID strings of the C# specification's annex on documentation comments,
/// as far as these APIs need them.
/// </summary>
internal static class XmlDocId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{FullName(type)}",
        FieldInfo => $"F:{Qualified(member)}",
        PropertyInfo property => $"P:{Qualified(member)}{List(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{FullName(member.DeclaringType!)}.#ctor{List(constructor.GetParameters())}",
        MethodInfo method => $"M:{Qualified(member)}{Arity(method)}{List(method.GetParameters())}",
        _ => throw new NotSupportedException($"{member.DeclaringType}.{member}: teach this class its ID"),
    };

    private static string Qualified(MemberInfo member) => $"{FullName(member.DeclaringType!)}.{member.Name}";

    private static string FullName(Type type) => type.FullName!.Replace('+', '.');

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string List(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type) => type switch
    {
        { IsGenericTypeParameter: true } => $"`{type.GenericParameterPosition}",
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsByRef: true } => $"{Reference(type.GetElementType()!)}@",
        { IsArray: true } => $"{Reference(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{FullName(type.GetGenericTypeDefinition()).Split('`')[0]}"
            + $"{{{string.Join(',', type.GetGenericArguments().Select(Reference))}}}",
        _ => FullName(type),
    };
}
