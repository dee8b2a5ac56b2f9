using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>What all kernels share: the choice of a vector width, and the loop.</summary>
internal static class RowKernel
{
    /// <summary>Runs a kernel on the widest vectors that the hardware has and the row has room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TKernel>(TKernel kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IRowKernel<T>, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated && kernel.StretchLength >= Vector512<T>.Count)
            kernel.Invoke<Vector512<T>, Vectors512<T>>();
        else if (Vector256.IsHardwareAccelerated && kernel.StretchLength >= Vector256<T>.Count)
            kernel.Invoke<Vector256<T>, Vectors256<T>>();
        else if (Vector128.IsHardwareAccelerated && kernel.StretchLength >= Vector128<T>.Count)
            kernel.Invoke<Vector128<T>, Vectors128<T>>();
        else
            kernel.Invoke<T, Scalars<T>>();
    }

    /// <summary>destination[i] = keep(mask of i, source[i]), vector by vector.</summary>
    /// <param name="source">The first of the elements.</param>
    /// <param name="destination">The first of the results; the same memory, or apart from it.</param>
    /// <param name="start">Where to begin: at the beginning of a period, and at least a vector before the end.</param>
    /// <param name="length">The number of elements: at least a vector.</param>
    /// <param name="period">After how many elements the masks repeat: at least a vector.</param>
    /// <param name="masks">The masks.</param>
    /// <param name="keep">What becomes of an element.</param>
    /// <remarks>
    /// There is no tail: the last vector ends where the row ends, and may overlap the one before it. As source and destination
    /// may be the same memory, both are read before either is written; what is written twice is the same both times.
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
            TVectors.Store(keep.Invoke<TVector, TVectors>(values, masks.At(phase), phase), ref destination, i);
            phase += step;
            if (phase >= period)
                phase -= period;
        }

        TVector lastValues = TVectors.Load(in source, last);
        if (i < last)
        {
            TVector values = TVectors.Load(in source, i);
            TVectors.Store(keep.Invoke<TVector, TVectors>(values, masks.At(phase), phase), ref destination, i);
            phase += last - i;
            if (phase >= period)
                phase -= period;
        }

        TVectors.Store(keep.Invoke<TVector, TVectors>(lastValues, masks.At(phase), phase), ref destination, last);
    }

    /// <summary>
    /// The same three vectors at a time, for masks that are the same again after three: they are looked up once for the row.
    /// </summary>
    /// <returns>
    /// How far it went: at the beginning of a period, and with a vector or more left for
    /// <see cref="Stream{T, TVector, TVectors, TMasks, TOperator}"/>, which the row's end needs to be read before it is written.
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
        nuint i = 0;
        for (; i + (4 * step) <= length; i += 3 * step)
        {
            nuint i1 = i + step;
            nuint i2 = i1 + step;
            TVectors.Store(keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i), mask0, 0), ref destination, i);
            TVectors.Store(keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i1), mask1, phase1), ref destination, i1);
            TVectors.Store(keep.Invoke<TVector, TVectors>(TVectors.Load(in source, i2), mask2, phase2), ref destination, i2);
        }

        return i;
    }
}
