using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Forces every width that kernels are compiled for. Where the hardware lacks one, the runtime emulates it.
/// </summary>
internal static class Widths
{
    public static readonly int[] All = [0, 128, 256, 512];

    public static int Count<T>(int width)
        where T : unmanaged => width == 0 ? 1 : width / 8 / Unsafe.SizeOf<T>();

    /// <summary>Runs the kernel as <see cref="RowKernel"/> does, with vectors of a given width.</summary>
    public static void Invoke<T, TMasks, TOperator>(
        ReadOnlySpan<T> source, Span<T> destination, int coins, TMasks masks, TOperator keep, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TMasks : struct, IMasks<T>, allows ref struct
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        int period = Tile.Period<T>(coins);
        switch (width)
        {
            case 0:
                RowKernel.Invoke<T, T, Scalars<T>, TMasks, TOperator>(source, destination, coins, period, masks, keep);
                break;
            case 128:
                RowKernel.Invoke<T, Vector128<T>, Vectors128<T>, TMasks, TOperator>(
                    source, destination, coins, period, masks, keep);
                break;
            case 256:
                RowKernel.Invoke<T, Vector256<T>, Vectors256<T>, TMasks, TOperator>(
                    source, destination, coins, period, masks, keep);
                break;
            case 512:
                RowKernel.Invoke<T, Vector512<T>, Vectors512<T>, TMasks, TOperator>(
                    source, destination, coins, period, masks, keep);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width), width, "There is no such width.");
        }
    }
}
