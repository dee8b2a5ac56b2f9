namespace Examples;

/// <summary>The accuracy of one model with sensors lost.</summary>
public sealed class OutageProfile
{
    private readonly ILookup<int, OutageMeasurement> _byLost;

    public OutageProfile(IEnumerable<OutageMeasurement> measurements) =>
        _byLost = measurements.ToLookup(measurement => measurement.LostSensors.Count);

    /// <summary>The numbers of lost sensors that were measured, from 0 up.</summary>
    public IReadOnlyList<int> LostCounts => [.. _byLost.Select(group => group.Key).Order()];

    /// <summary>The accuracy when all sensors work.</summary>
    public double Clean => _byLost[0].Single().Accuracy;

    /// <summary>The losses of one sensor each, in the order of the sensors.</summary>
    public IEnumerable<OutageMeasurement> SingleLosses => _byLost[1];

    /// <summary>The single loss that costs most; the first of them where several cost the same.</summary>
    public OutageMeasurement MostHarmful => SingleLosses.MinBy(measurement => measurement.Accuracy)!;

    public double Mean(int lost) => _byLost[lost].Average(measurement => measurement.Accuracy);

    public double Worst(int lost) => _byLost[lost].Min(measurement => measurement.Accuracy);
}
