namespace Examples;

/// <summary>Which sensors are lost together, for every number of lost sensors that leaves at least one.</summary>
public sealed class SensorLosses
{
    /// <summary>The most pairs to try: all pairs of up to 12 sensors, a random sample for more.</summary>
    public const int MaximumPairs = 66;

    /// <summary>The most sets of each larger size to try: all triples of up to 6 sensors, else a random sample.</summary>
    public const int MaximumLargerSets = 20;

    // Fixed, so that all runs are compared on the same losses.
    private const int DrawingSeed = 20;

    public SensorLosses(int channels)
    {
        var random = new Random(DrawingSeed);
        All = [.. Enumerable.Range(0, channels).SelectMany(lost => SetsOf(lost, channels, random))];
        FirstDrawnSize = Enumerable.Range(0, channels)
            .Where(lost => SetCount(lost, channels) > Limit(lost))
            .Cast<int?>()
            .FirstOrDefault();
    }

    /// <summary>The sets, by growing size; the first is empty, which is the undamaged case.</summary>
    public IReadOnlyList<IReadOnlyList<int>> All { get; }

    /// <summary>The smallest number of lost sensors of which not all sets are tried; null if all sets of all sizes are.</summary>
    public int? FirstDrawnSize { get; }

    private static int Limit(int lost) => lost switch
    {
        < 2 => int.MaxValue,
        2 => MaximumPairs,
        _ => MaximumLargerSets,
    };

    private static IEnumerable<IReadOnlyList<int>> SetsOf(int lost, int channels, Random random) =>
        SetCount(lost, channels) <= Limit(lost) ? Enumerate(lost, 0, channels) : Draw(lost, channels, Limit(lost), random);

    // A double, because an integer could overflow.
    private static double SetCount(int lost, int channels) =>
        Math.Round(Enumerable.Range(0, lost).Aggregate(1.0, (count, index) => count * (channels - index) / (index + 1)));

    private static IEnumerable<IReadOnlyList<int>> Enumerate(int lost, int first, int channels)
    {
        if (lost == 0)
            return [[]];
        return Enumerable.Range(first, channels - first).SelectMany(channel =>
            Enumerate(lost - 1, channel + 1, channels).Select(IReadOnlyList<int> (rest) => [channel, .. rest]));
    }

    private static List<IReadOnlyList<int>> Draw(int lost, int channels, int sets, Random random)
    {
        int[] sensors = [.. Enumerable.Range(0, channels)];
        var seen = new HashSet<string>();
        var drawn = new List<IReadOnlyList<int>>();
        while (drawn.Count < sets)
        {
            random.Shuffle(sensors);
            int[] set = [.. sensors[..lost].Order()];
            if (seen.Add(string.Join(',', set)))
                drawn.Add(set);
        }

        return drawn;
    }
}
