using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// Two vectors of blocks at once: each round of the generator waits for the one before it, and in the meantime the processor
/// works on the other vector.
/// </summary>
internal readonly struct PhiloxLanesPair<TLanes, TPhiloxLanes> : IPhiloxLanes<LanesPair<TLanes>>
    where TLanes : struct
    where TPhiloxLanes : IPhiloxLanes<TLanes>
{
    public static int Count => 2 * TPhiloxLanes.Count;

    public static LanesPair<TLanes> BlockNumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(
            TPhiloxLanes.BlockNumbers,
            TPhiloxLanes.Add(TPhiloxLanes.BlockNumbers, TPhiloxLanes.Create((ulong)TPhiloxLanes.Count)));
    }

    // How many 32-bit halves of lanes the first vector has.
    private static nuint HalvesOfFirst => 2 * (nuint)TPhiloxLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Create(ulong value) => new(TPhiloxLanes.Create(value), TPhiloxLanes.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Add(LanesPair<TLanes> left, LanesPair<TLanes> right) =>
        new(TPhiloxLanes.Add(left.First, right.First), TPhiloxLanes.Add(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Multiply(LanesPair<TLanes> left, LanesPair<TLanes> right) =>
        new(TPhiloxLanes.Multiply(left.First, right.First), TPhiloxLanes.Multiply(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Upper(LanesPair<TLanes> lanes) =>
        new(TPhiloxLanes.Upper(lanes.First), TPhiloxLanes.Upper(lanes.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Xor(LanesPair<TLanes> first, LanesPair<TLanes> second, LanesPair<TLanes> third) => new(
        TPhiloxLanes.Xor(first.First, second.First, third.First),
        TPhiloxLanes.Xor(first.Second, second.Second, third.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (LanesPair<TLanes> First, LanesPair<TLanes> Second) Interleave(
        LanesPair<TLanes> word0, LanesPair<TLanes> word1, LanesPair<TLanes> word2, LanesPair<TLanes> word3)
    {
        (TLanes first, TLanes second) = TPhiloxLanes.Interleave(word0.First, word1.First, word2.First, word3.First);
        (TLanes third, TLanes fourth) = TPhiloxLanes.Interleave(word0.Second, word1.Second, word2.Second, word3.Second);
        return (new(first, second), new(third, fourth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Load(ref readonly uint source, nuint index) =>
        new(TPhiloxLanes.Load(in source, index), TPhiloxLanes.Load(in source, index + HalvesOfFirst));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(LanesPair<TLanes> lanes, ref uint destination, nuint index)
    {
        TPhiloxLanes.Store(lanes.First, ref destination, index);
        TPhiloxLanes.Store(lanes.Second, ref destination, index + HalvesOfFirst);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> And(LanesPair<TLanes> left, LanesPair<TLanes> right) =>
        new(TPhiloxLanes.And(left.First, right.First), TPhiloxLanes.And(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> IsAtLeast(LanesPair<TLanes> left, LanesPair<TLanes> right) =>
        new(TPhiloxLanes.IsAtLeast(left.First, right.First), TPhiloxLanes.IsAtLeast(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> Select(LanesPair<TLanes> mask, LanesPair<TLanes> ifSet, LanesPair<TLanes> ifClear) => new(
        TPhiloxLanes.Select(mask.First, ifSet.First, ifClear.First),
        TPhiloxLanes.Select(mask.Second, ifSet.Second, ifClear.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<TLanes> MultiplySingles(LanesPair<TLanes> left, LanesPair<TLanes> right) =>
        new(TPhiloxLanes.MultiplySingles(left.First, right.First), TPhiloxLanes.MultiplySingles(left.Second, right.Second));
}
