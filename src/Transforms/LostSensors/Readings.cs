using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>The readings of the columns of one item type, side by side.</summary>
internal sealed class Readings
{
    private readonly List<string> _columns = [];
    private readonly List<int> _sensors = [];
    private readonly List<double[]> _fills = [];
    private readonly DataViewType _itemType;

    private Readings(DataViewType itemType) => _itemType = itemType;

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The sensor of each reading.</summary>
    public IReadOnlyList<int> Sensors => _sensors;

    /// <summary>What each reading becomes if its sensor is lost: one of these values.</summary>
    public IReadOnlyList<double[]> Fills => _fills;

    /// <summary>The readings of some columns, by item type.</summary>
    public static Readings[] Of(IReadOnlyList<string> columns, DataViewSchema schema, IReadOnlyList<DropoutPlan> plans)
    {
        var byType = new List<Readings>();
        for (int i = 0; i < columns.Count; i++)
        {
            DataViewType itemType = schema[columns[i]].Type.GetItemType();
            Readings? readings = byType.Find(other => other._itemType == itemType);
            if (readings is null)
                byType.Add(readings = new Readings(itemType));
            readings.Add(columns[i], plans[i]);
        }

        return [.. byType];
    }

    private void Add(string column, DropoutPlan plan)
    {
        _columns.Add(column);
        NoiseBroadcast broadcast = plan.Broadcast;
        double[][] fillsOfChannels = [.. Enumerable.Range(0, broadcast.ChannelCount).Select(channel => FillsOf(plan, channel))];
        for (int element = 0; element < plan.Length; element++)
        {
            _sensors.Add(broadcast.CoinOf(element));
            _fills.Add(fillsOfChannels[broadcast.ChannelOf(element)]);
        }
    }

    private double[] FillsOf(DropoutPlan plan, int channel) =>
    [
        .. Enumerable.Range(0, plan.Options.Fill.Alternatives.Count)
            .Select(fill => plan.GetFill(channel, fill))
            .Select(fill => _itemType == NumberDataViewType.Single ? (float)fill : fill)
            .Distinct().Order(),
    ];
}
