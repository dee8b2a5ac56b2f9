namespace MLNet.SpatialDropout;

/// <summary>Makes a <see cref="ValueList{T}"/>. Collection expressions such as <c>[128, 6]</c> call it.</summary>
/// <example>
/// <code>
/// int[] sizes = [.. setting.Split(' ').Select(int.Parse)];   // "128 6", from a configuration file
/// ValueList&lt;int> shape = ValueList.Create(sizes);
/// </code>
/// </example>
public static class ValueList
{
    /// <summary>Copies elements into a new list.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="values">The elements.</param>
    /// <returns>The list.</returns>
    /// <example>
    /// <code>
    /// ValueList&lt;double> rates = ValueList.Create([.. daysDown.Select(days => days / 365.0)]);   // last year's failures
    /// </code>
    /// </example>
    public static ValueList<T> Create<T>(params ReadOnlySpan<T> values)
        where T : IEquatable<T> => new(values);
}
