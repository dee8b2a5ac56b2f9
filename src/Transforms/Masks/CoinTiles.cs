using System.Numerics;

namespace MLNet.SpatialDropout;

/// <summary>Scales and fills that differ from coin to coin, as tiles of one element type; the same for every row.</summary>
internal sealed class CoinTiles<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _scales;
    private readonly T[] _fills;

    public CoinTiles(NoiseBroadcast broadcast, int rowLength, ReadOnlySpan<float> scaleOfCoin, ReadOnlySpan<double> fillOfCoin)
    {
        _scales = MakeTile(broadcast, rowLength, scaleOfCoin);
        _fills = MakeTile(broadcast, rowLength, fillOfCoin);
    }

    public ReadOnlySpan<T> Scales => _scales;

    public ReadOnlySpan<T> Fills => _fills;

    private static T[] MakeTile<TCoin>(NoiseBroadcast broadcast, int rowLength, ReadOnlySpan<TCoin> valueOfCoin)
        where TCoin : INumberBase<TCoin>
    {
        var valueOfRun = new T[broadcast.RunsPerPeriod];
        for (int coin = 0; coin < valueOfCoin.Length; coin++)
            valueOfRun[coin] = T.CreateTruncating(valueOfCoin[coin]);
        broadcast.Spread<T>(valueOfRun);

        var tile = new T[Tile.Length<T>(broadcast.Period, rowLength)];
        Tile.FillValues<T>(tile, valueOfRun, broadcast.RunLength);
        return tile;
    }
}
