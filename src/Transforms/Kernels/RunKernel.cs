using System.Numerics;
using System.Numerics.Tensors;

namespace MLNet.SpatialDropout;

/// <summary>Drops elements run by run: long runs of equal coins, channels first above all.</summary>
internal static class RunKernel
{
    /// <summary>For each run of the row: kept, its values x scale; dropped, the fill.</summary>
    /// <param name="source">The elements of a row.</param>
    /// <param name="keepOfRun">One mask for each run; the first again after the last.</param>
    /// <param name="runLength">The number of elements of a run.</param>
    /// <param name="scale">What a kept value is multiplied by; 1 leaves its bits alone.</param>
    /// <param name="fill">What a dropped value becomes.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    public static void Apply<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<bool> keepOfRun, int runLength, T scale, T fill, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int run = 0;
        for (int start = 0; start < source.Length; start += runLength)
        {
            ReadOnlySpan<T> values = source.Slice(start, runLength);
            Span<T> results = destination.Slice(start, runLength);
            if (!keepOfRun[run])
                results.Fill(fill);
            else if (scale == T.One)
                values.CopyTo(results);
            else
                TensorPrimitives.Multiply(values, scale, results);

            run = run + 1 == keepOfRun.Length ? 0 : run + 1;
        }
    }
}
