using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace StressTest;

/// <summary>
/// Compares the number of sensors with the names of the readings: <c>acc 0, gyro 0, acc 1, gyro 1</c> are two sensors.
/// </summary>
internal static partial class SlotNameCheck
{
    /// <returns>
    /// A note if the names seem to say another number; otherwise null. A name may mean anything, so nothing is refused.
    /// </returns>
    public static string? Check(DataViewSchema data, StressTestSettings settings)
    {
        if (settings.Channels is not { } channels || data.GetColumnOrNull(settings.Features) is not { } column
            || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        string[] sensors = [.. slots.DenseValues().Select(slot => StepPattern().Replace(slot.ToString(), "")).Distinct()];

        // One name for each slot says nothing: these are features, or the sensors of a single step.
        bool saysSensors = sensors.Length > 1 && sensors.Length < slots.Length && !sensors.Contains("");
        return saysSensors && sensors.Length != channels
            ? $"Note: --channels is {channels}, but the slots of column '{column.Name}' look like {sensors.Length} sensors:"
                + $" {string.Join(", ", sensors)}."
            : null;
    }

    // The number of the step at the end of a name.
    [GeneratedRegex(@"[\s._\-\[(]*\d+[\])]*$")]
    private static partial Regex StepPattern();
}
