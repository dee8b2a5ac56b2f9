using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>What all kernels share: the choice of the vector width, and the loop.</summary>
internal static class RowKernel
{
    /// <summary>Runs a kernel with the widest vectors that the hardware has and the row fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TKernel>(TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IRowKernel<T>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated && kernel.Length >= Vector512<T>.Count)
            kernel.Invoke<Vector512<T>, Vectors512<T>>();
        else if (Vector256.IsHardwareAccelerated && kernel.Length >= Vector256<T>.Count)
            kernel.Invoke<Vector256<T>, Vectors256<T>>();
        else if (Vector128.IsHardwareAccelerated && kernel.Length >= Vector128<T>.Count)
            kernel.Invoke<Vector128<T>, Vectors128<T>>();
        else
            kernel.Invoke<T, Scalars<T>>();
    }

    /// <summary>destination[i] = keep(mask of i, source[i]), vector by vector.</summary>
    /// <param name="source">The first of the elements.</param>
    /// <param name="destination">The first of the results: the same memory as the source, or memory that does not overlap.</param>
    /// <param name="start">The first element to work on. It begins a period, and at least one vector follows.</param>
    /// <param name="length">The number of elements: at least a vector.</param>
    /// <param name="period">The number of elements after which the masks repeat: at least a vector.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="keep">What becomes of an element.</param>
    /// <remarks>
    /// There is no scalar tail. The last vector ends with the row and may overlap the vector before it. Source and destination may
    /// be the same memory, so both vectors are read before either is written. Elements written twice get the same value.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream<T, TVector, TVectors, TMasks, TOperator>(
        ref readonly T source, ref T destination, nuint start, nuint length, nuint period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<TVector>, allows ref struct
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
            phase += step;
            if (phase >= period)
                phase -= period;
        }

        TVector lastValues = TVectors.Load(in source, last);
        if (i < last)
        {
            TVector values = TVectors.Load(in source, i);
            TVectors.Store(Keep<T, TVector, TVectors, TMasks, TOperator>(values, masks, keep, phase), ref destination, i);
            phase += last - i;
            if (phase >= period)
                phase -= period;
        }

        TVectors.Store(Keep<T, TVector, TVectors, TMasks, TOperator>(lastValues, masks, keep, phase), ref destination, last);
    }

    /// <summary>
    /// The same, three vectors at a time, for masks that repeat after three vectors. They and the fills are looked up once for the
    /// row.
    /// </summary>
    /// <returns>
    /// Where it stopped: at the beginning of a period, with at least one vector left for
    /// <see cref="Stream{T, TVector, TVectors, TMasks, TOperator}"/>, which reads the end of the row before it writes it.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint StreamThrees<T, TVector, TVectors, TMasks, TOperator>(
        ref readonly T source, ref T destination, nuint length, nuint period, TMasks masks, TOperator keep)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<TVector>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        nuint step = (nuint)TVectors.Count;
        nuint phase1 = step % period;
        nuint phase2 = (phase1 + step) % period;
        TVector mask0 = masks.At(0);
        TVector mask1 = masks.At(phase1);
        TVector mask2 = masks.At(phase2);
        TVector fill0 = keep.FillAt<TVector, TVectors>(0);
        TVector fill1 = keep.FillAt<TVector, TVectors>(phase1);
        TVector fill2 = keep.FillAt<TVector, TVectors>(phase2);
        nuint i = 0;
        for (; i + (4 * step) <= length; i += 3 * step)
        {
            nuint i1 = i + step;
            nuint i2 = i1 + step;
            TVectors.Store(
                keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i), mask0, fill0, 0), ref destination, i);
            TVectors.Store(
                keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i1), mask1, fill1, phase1), ref destination, i1);
            TVectors.Store(
                keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i2), mask2, fill2, phase2), ref destination, i2);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Keep<T, TVector, TVectors, TMasks, TOperator>(
        TVector values, scoped in TMasks masks, scoped in TOperator keep, nuint phase)
        where T : unmanaged
        where TVectors : IVectors<T, TVector>
        where TMasks : struct, IMasks<TVector>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct =>
        keep.Invoke<TVector, TVectors>(values, masks.At(phase), keep.FillAt<TVector, TVectors>(phase), phase);
}
