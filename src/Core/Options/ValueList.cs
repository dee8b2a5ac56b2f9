namespace MLNet.SpatialDropout;

/// <summary>Makes a <see cref="ValueList{T}"/>. Collection expressions such as <c>[128, 6]</c> call it.</summary>
internal static class ValueList
{
    /// <summary>Copies elements into a new list.</summary>
    public static ValueList<T> Create<T>(params ReadOnlySpan<T> values)
        where T : IEquatable<T> => new(values);

    /// <summary>A list that is equal to other lists with the same elements. Null for null.</summary>
    public static ValueList<T>? From<T>(IReadOnlyList<T>? values)
        where T : IEquatable<T> => values is null ? null : values as ValueList<T> ?? new ValueList<T>([.. values]);
}
