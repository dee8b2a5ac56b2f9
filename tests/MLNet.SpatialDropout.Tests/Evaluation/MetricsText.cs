using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>All numbers of ML.NET's metrics, to the last bit, as text that shows what differs.</summary>
internal static class MetricsText
{
    public static string Of(object metrics) => string.Join("; ", metrics.GetType().GetProperties()
        .OrderBy(property => property.Name, StringComparer.Ordinal)
        .Select(property => $"{property.Name} {Text(Read(property, metrics))}"));

    public static void AreEqual(object expected, object actual, string what) => Assert.AreEqual(Of(expected), Of(actual), what);

    // The accuracy of the best k classes was not asked for, and ML.NET refuses to give it.
    private static object? Read(PropertyInfo property, object metrics)
    {
        try
        {
            return property.GetValue(metrics);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable<double> numbers => string.Join(' ', numbers.Select(number => Text(number))),
        ConfusionMatrix matrix => matrix.GetFormattedConfusionTable(),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
