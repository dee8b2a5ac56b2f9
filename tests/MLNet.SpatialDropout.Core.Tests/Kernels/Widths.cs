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

    public static void Invoke<T, TKernel>(TKernel kernel, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IRowKernel<T>, allows ref struct
    {
        switch (width)
        {
            case 0: kernel.Invoke<T, Scalars<T>>(); break;
            case 128: kernel.Invoke<Vector128<T>, Vectors128<T>>(); break;
            case 256: kernel.Invoke<Vector256<T>, Vectors256<T>>(); break;
            case 512: kernel.Invoke<Vector512<T>, Vectors512<T>>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(width), width, "There is no such width.");
        }
    }
}
