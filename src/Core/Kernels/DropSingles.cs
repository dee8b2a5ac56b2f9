using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// keep ? value x scale : fill, if each element has its own coin. It gives the elements and not their masks, so that masks, which
/// are used once, are never written to memory.
/// </summary>
internal readonly ref struct DropSingles : ICoinRule
{
    private readonly DropBelow _keep;
    private readonly ref readonly float _source;
    private readonly bool _isScaled;
    private readonly ulong _twoScales;
    private readonly ulong _twoFills;

    /// <param name="keep">Which coins keep.</param>
    /// <param name="source">The elements, whole vectors of them.</param>
    /// <param name="scale">What a kept value is multiplied by. 1 leaves its bits alone.</param>
    /// <param name="fill">What a dropped value becomes.</param>
    public DropSingles(DropBelow keep, ReadOnlySpan<float> source, float scale, float fill)
    {
        _keep = keep;
        _source = ref MemoryMarshal.GetReference(source);
        _isScaled = scale != 1;
        _twoScales = Twice(scale);
        _twoFills = Twice(fill);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        TLanes values = TPhiloxLanes.Load(in Unsafe.As<float, uint>(ref Unsafe.AsRef(in _source)), coin);
        if (_isScaled)
            values = TPhiloxLanes.MultiplySingles(values, TPhiloxLanes.Create(_twoScales));
        TLanes keep = _keep.Invoke<TLanes, TPhiloxLanes>(words, coin);
        return TPhiloxLanes.Select(keep, values, TPhiloxLanes.Create(_twoFills));
    }

    private static ulong Twice(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits | ((ulong)bits << 32);
    }
}
