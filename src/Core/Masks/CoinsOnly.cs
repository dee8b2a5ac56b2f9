using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Another rule for the words of coins; the words themselves for the row and its fills.</summary>
internal readonly ref struct CoinsOnly<TRule> : ICoinRule
    where TRule : struct, ICoinRule, allows ref struct
{
    private readonly TRule _rule;
    private readonly ref readonly uint _isCoin;

    /// <param name="rule">The rule for coins.</param>
    /// <param name="blocks">Which words are those of coins.</param>
    public CoinsOnly(TRule rule, RowBlocks blocks)
    {
        _rule = rule;
        _isCoin = ref MemoryMarshal.GetArrayDataReference(blocks.IsCoin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> =>
        TPhiloxLanes.Select(TPhiloxLanes.Load(in _isCoin, coin), _rule.Invoke<TLanes, TPhiloxLanes>(words, coin), words);
}
