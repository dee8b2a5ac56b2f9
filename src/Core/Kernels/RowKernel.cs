using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>The one loop over the elements of a row, for all masks, operators and vector widths.</summary>
/// <remarks>
/// All methods but <see cref="InvokeNarrower"/> are inlined into one. What they hand on would otherwise be written to memory field
/// by field and read back as a whole, and the processor cannot do that before all earlier writes, those of the previous row, have
/// reached the cache. Narrower vectors are apart, because the compiler does not inline everything into a method that is too long.
/// </remarks>
internal static class RowKernel
{
    // Rows of fewer rounds lose more by the set-up of masks in registers than they gain.
    private const int FewestRounds = 3;

    /// <summary>
    /// destination[i] = keep(mask of i, source[i]), with the widest vectors that the hardware has and the row fills.
    /// </summary>
    /// <param name="source">The elements of a row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    /// <param name="coinPeriod">The number of elements after which the coins repeat.</param>
    /// <param name="period">The period of the masks: a multiple of <paramref name="coinPeriod"/>, at least a vector.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="keep">What becomes of an element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TMasks, TOperator>(
        ReadOnlySpan<T> source, Span<T> destination, int coinPeriod, int period, TMasks masks, TOperator keep)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated && source.Length >= Vector512<T>.Count)
            Invoke<T, Vector512<T>, Vectors512<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
        else if (!Vector512.IsHardwareAccelerated && Vector256.IsHardwareAccelerated && source.Length >= Vector256<T>.Count)
            Invoke<T, Vector256<T>, Vectors256<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
        else if (!Vector256.IsHardwareAccelerated && Vector128.IsHardwareAccelerated && source.Length >= Vector128<T>.Count)
            Invoke<T, Vector128<T>, Vectors128<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
        else
            InvokeNarrower(source, destination, coinPeriod, period, masks, keep);
    }

    // Rows that are shorter than the widest vector, and hardware without vectors.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InvokeNarrower<T, TMasks, TOperator>(
        ReadOnlySpan<T> source, Span<T> destination, int coinPeriod, int period, TMasks masks, TOperator keep)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        if (Vector256.IsHardwareAccelerated && source.Length >= Vector256<T>.Count)
            Invoke<T, Vector256<T>, Vectors256<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
        else if (Vector128.IsHardwareAccelerated && source.Length >= Vector128<T>.Count)
            Invoke<T, Vector128<T>, Vectors128<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
        else
            Invoke<T, T, Scalars<T>, TMasks, TOperator>(source, destination, coinPeriod, period, masks, keep);
    }

    /// <summary>The same with vectors of one width, for a row that is at least a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TVector, TVectors, TMasks, TOperator>(
        ReadOnlySpan<T> source, Span<T> destination, int coinPeriod, int period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        Debug.Assert(source.Length >= TVectors.Count, "The last vector ends with the row.");
        ref readonly T first = ref MemoryMarshal.GetReference(source);
        ref T firstResult = ref MemoryMarshal.GetReference(destination[..source.Length]);
        nuint length = (nuint)source.Length;
        int repeatAfter = VectorsPerRepeat(coinPeriod, TVectors.Count);
        nuint start = 0;
        if (repeatAfter is 1 or 3 && length >= 3 * FewestRounds * (nuint)TVectors.Count)
            start = StreamThrees<T, TVector, TVectors, TMasks, TOperator>(
                in first, ref firstResult, length, (nuint)period, masks, keep);
        else if (repeatAfter is 7 && length >= 7 * FewestRounds * (nuint)TVectors.Count)
            start = StreamSevens<T, TVector, TVectors, TMasks, TOperator>(
                in first, ref firstResult, length, (nuint)period, masks, keep);
        Stream<T, TVector, TVectors, TMasks, TOperator>(
            in first, ref firstResult, start, length, (nuint)period, masks, keep);
    }

    // The least number of vectors that are whole periods. A vector's length is a power of two, so no division is needed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int VectorsPerRepeat(int coinPeriod, int vectorLength) =>
        coinPeriod >> Math.Min(BitOperations.TrailingZeroCount(coinPeriod), BitOperations.Log2((uint)vectorLength));

    // There is no scalar tail. The last vector ends with the row and may overlap the vector before it. Source and destination may
    // be the same memory, so both vectors are read before either is written. Elements written twice get the same value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stream<T, TVector, TVectors, TMasks, TOperator>(
        ref readonly T source, ref T destination, nuint start, nuint length, nuint period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        nuint step = (nuint)TVectors.Count;
        nuint last = length - step;
        nuint i = start;
        nuint phase = 0;
        for (; i + step <= last; i += step)
        {
            TVector values = TVectors.Load(in source, i);
            TVectors.Store(Keep<T, TVector, TVectors, TMasks, TOperator>(values, masks, keep, phase), ref destination, i);
            phase = Advance(phase, step, period);
        }

        TVector lastValues = TVectors.Load(in source, last);
        if (i < last)
        {
            TVector values = TVectors.Load(in source, i);
            TVectors.Store(Keep<T, TVector, TVectors, TMasks, TOperator>(values, masks, keep, phase), ref destination, i);
            phase = Advance(phase, last - i, period);
        }

        TVectors.Store(Keep<T, TVector, TVectors, TMasks, TOperator>(lastValues, masks, keep, phase), ref destination, last);
    }

    // Three vectors at a time, for masks that repeat after one vector or three. They and the fills are looked up once for the row. It
    // stops at the beginning of a period, with at least one vector left for the loop that reads the end before it writes it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint StreamThrees<T, TVector, TVectors, TMasks, TOperator>(
        ref readonly T source, ref T destination, nuint length, nuint period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        nuint step = (nuint)TVectors.Count;
        nuint phase1 = Advance(0, step, period);
        nuint phase2 = Advance(phase1, step, period);
        TVector mask0 = masks.At<TVector, TVectors>(0);
        TVector mask1 = masks.At<TVector, TVectors>(phase1);
        TVector mask2 = masks.At<TVector, TVectors>(phase2);
        TVector fill0 = keep.FillAt<TVector, TVectors>(0);
        TVector fill1 = keep.FillAt<TVector, TVectors>(phase1);
        TVector fill2 = keep.FillAt<TVector, TVectors>(phase2);
        nuint i = 0;
        for (; i + (4 * step) <= length; i += 3 * step)
        {
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i, mask0, fill0, 0, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + step, mask1, fill1, phase1, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (2 * step), mask2, fill2, phase2, keep);
        }

        return i;
    }

    // The same for masks that repeat after seven vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint StreamSevens<T, TVector, TVectors, TMasks, TOperator>(
        ref readonly T source, ref T destination, nuint length, nuint period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        nuint step = (nuint)TVectors.Count;
        nuint phase1 = Advance(0, step, period);
        nuint phase2 = Advance(phase1, step, period);
        nuint phase3 = Advance(phase2, step, period);
        nuint phase4 = Advance(phase3, step, period);
        nuint phase5 = Advance(phase4, step, period);
        nuint phase6 = Advance(phase5, step, period);
        TVector mask0 = masks.At<TVector, TVectors>(0);
        TVector mask1 = masks.At<TVector, TVectors>(phase1);
        TVector mask2 = masks.At<TVector, TVectors>(phase2);
        TVector mask3 = masks.At<TVector, TVectors>(phase3);
        TVector mask4 = masks.At<TVector, TVectors>(phase4);
        TVector mask5 = masks.At<TVector, TVectors>(phase5);
        TVector mask6 = masks.At<TVector, TVectors>(phase6);
        TVector fill0 = keep.FillAt<TVector, TVectors>(0);
        TVector fill1 = keep.FillAt<TVector, TVectors>(phase1);
        TVector fill2 = keep.FillAt<TVector, TVectors>(phase2);
        TVector fill3 = keep.FillAt<TVector, TVectors>(phase3);
        TVector fill4 = keep.FillAt<TVector, TVectors>(phase4);
        TVector fill5 = keep.FillAt<TVector, TVectors>(phase5);
        TVector fill6 = keep.FillAt<TVector, TVectors>(phase6);
        nuint i = 0;
        for (; i + (8 * step) <= length; i += 7 * step)
        {
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i, mask0, fill0, 0, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + step, mask1, fill1, phase1, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (2 * step), mask2, fill2, phase2, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (3 * step), mask3, fill3, phase3, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (4 * step), mask4, fill4, phase4, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (5 * step), mask5, fill5, phase5, keep);
            Keep<T, TVector, TVectors, TOperator>(in source, ref destination, i + (6 * step), mask6, fill6, phase6, keep);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<T, TVector, TVectors, TOperator>(
        ref readonly T source, ref T destination, nuint index, TVector mask, TVector fill, nuint phase, scoped in TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        TVectors.Store(
            keep.Invoke<TVector, TVectors>(TVectors.Load(in source, index), mask, fill, phase), ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Keep<T, TVector, TVectors, TMasks, TOperator>(
        TVector values, scoped in TMasks masks, scoped in TOperator keep, nuint phase)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        keep.Invoke<TVector, TVectors>(
            values, masks.At<TVector, TVectors>(phase), keep.FillAt<TVector, TVectors>(phase), phase);

    // No step is longer than the period.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Advance(nuint phase, nuint step, nuint period)
    {
        phase += step;
        return phase >= period ? phase - period : phase;
    }
}
