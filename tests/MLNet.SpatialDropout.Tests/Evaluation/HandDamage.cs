using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A layout and a fill, with the damage that they stand for, done by plain code.</summary>
/// <param name="Name">What the test shows.</param>
/// <param name="Options">The options.</param>
/// <param name="Sensors">The number of sensors.</param>
/// <param name="Lose">Changes a row as the loss of a sensor does. It gets all rows too, undamaged.</param>
internal sealed record HandDamage(
    string Name, SpatialDropoutOptions Options, int Sensors, Action<OutageRow, int, OutageRow[]> Lose)
{
    private static readonly SpatialDropoutOptions Features = new() { OutputColumnName = "Features" };

    private static readonly SpatialDropoutOptions Last = Features with { Channels = OutageRow.Sensors };

    private static readonly SpatialDropoutOptions First = Last with { Channels = 3, Layout = ChannelLayout.ChannelsFirst };

    /// <summary>Damage to one column that a model reads.</summary>
    public static readonly HandDamage[] OfFeatures =
    [
        new("zero", Last, 3, Element(i => i % 3, _ => 0)),
        new("missing", Last with { Fill = DropoutFill.Missing }, 3, Element(i => i % 3, _ => float.NaN)),
        new("constant", Last with { Fill = DropoutFill.Constant(-999) }, 3, Element(i => i % 3, _ => -999)),
        new("one for each", Last with { Fill = DropoutFill.PerChannel(2, 3, 4) }, 3, Element(i => i % 3, i => 2 + (i % 3))),
        new("mean", Last with { Fill = DropoutFill.ChannelMean }, 3, Mean(i => i % 3, i => i % 3)),
        new("stuck", Last with { Fill = DropoutFill.LastValue }, 3, Stuck(i => i % 3, i => i % 3)),
        new("channels first", First, 3, Element(i => i / 4, _ => 0)),
        new("channels first, mean", First with { Fill = DropoutFill.ChannelMean }, 3, Mean(i => i / 4, i => i / 4)),
        new("channels first, stuck", First with { Fill = DropoutFill.LastValue }, 3, Stuck(i => i / 4, i => i / 4 * 4)),
        new("groups", Features with { Groups = [2, 1] }, 2, Element(i => i % 3 == 2 ? 1 : 0, _ => 0)),
        new(
            "groups, mean", Features with { Groups = [2, 1], Fill = DropoutFill.ChannelMean }, 2,
            Mean(i => i % 3 == 2 ? 1 : 0, i => i % 3)),
        new(
            "an empty group between two, for each a fill",
            Features with { Groups = [1, 0, 2], Fill = DropoutFill.PerChannel(7, 8, 9) }, 3,
            Element(i => i % 3 == 0 ? 0 : 2, i => i % 3 == 0 ? 7 : 9)),
        new("shape", Features with { Shape = [2, 2, 3], NoiseShape = [2, 1, 3] }, 6, Element(i => (i / 6 * 3) + (i % 3), _ => 0)),
        new("element", Features with { PerElement = true }, 12, Element(i => i, _ => 0)),

        // What a stage needs and an evaluation leaves out: nothing of it may change a number.
        new(
            "a stage's options",
            Last with { Rates = [0, 0.5, 1], MinKept = 2, RowProbability = 0.1, Copies = 4, KeepOriginal = true }, 3,
            Element(i => i % 3, _ => 0)),
        new("inverted scaling", Last with { Rate = 0.5, Scaling = DropoutScaling.Inverted }, 3, Element(i => i % 3, _ => 0)),
        new("lost channels", Last with { LostChannels = [0, 2] }, 3, Element(i => i % 3, _ => 0)),
        new("counts", Last with { DroppedChannels = (0, 0), SharedAcrossRows = true }, 3, Element(i => i % 3, _ => 0)),
        new("a mask key", Last with { MaskKeyColumnName = "Session" }, 3, Element(i => i % 3, _ => 0)),
    ];

    /// <summary>Damage to columns that a model joins.</summary>
    public static readonly HandDamage[] OfColumns =
    [
        new("columns", OutageModels.ByColumn, 3, Columns((_, _, _) => 0)),
        new("columns, missing", OutageModels.ByColumn with { Fill = DropoutFill.Missing }, 3, Columns((_, _, _) => float.NaN)),
        new("columns, mean", OutageModels.ByColumn with { Fill = DropoutFill.ChannelMean }, 3, Columns(
            (rows, read, i) => (float)rows.Average(row => (double)read(row)[i]))),
    ];

    /// <summary>Damage to columns that have the same channels, and different numbers of steps.</summary>
    public static readonly HandDamage LaidOut =
        new("columns with a layout", new() { Columns = ["Acc", "Spectrum"], Channels = 3 }, 3, (row, sensor, _) =>
        {
            row.Acc[sensor] = 0;
            row.Spectrum[sensor] = 0;
            row.Spectrum[sensor + 3] = 0;
        });

    /// <summary>Whether pairs are lost too. Not where they would be many.</summary>
    public bool LosesPairs => Sensors <= 3;

    /// <summary>Rows that have lost some sensors.</summary>
    public IDataView Load(MLContext mlContext, OutageRow[] rows, params IReadOnlyList<int> lost) =>
        OutageModels.Load(mlContext, rows.Select(row =>
        {
            OutageRow damaged = row.Copy();
            foreach (int sensor in lost)
                Lose(damaged, sensor, rows);
            return damaged;
        }).ToList());

    public override string ToString() => Name;

    private static Action<OutageRow, int, OutageRow[]> Element(Func<int, int> sensorOf, Func<int, float> fill) =>
        (row, sensor, _) => Replace(row, sensor, sensorOf, fill);

    private static Action<OutageRow, int, OutageRow[]> Stuck(Func<int, int> sensorOf, Func<int, int> firstStepOf) =>
        (row, sensor, _) => Replace(row, sensor, sensorOf, i => row.Features[firstStepOf(i)]);

    private static Action<OutageRow, int, OutageRow[]> Mean(Func<int, int> sensorOf, Func<int, int> channelOf) =>
        (row, sensor, rows) => Replace(row, sensor, sensorOf, i => (float)rows
            .SelectMany(other => other.Features.Where((_, j) => channelOf(j) == channelOf(i)))
            .Average(value => (double)value));

    private static void Replace(OutageRow row, int sensor, Func<int, int> sensorOf, Func<int, float> fill)
    {
        for (int i = 0; i < row.Features.Length; i++)
        {
            if (sensorOf(i) == sensor)
                row.Features[i] = fill(i);
        }
    }

    private static Action<OutageRow, int, OutageRow[]> Columns(Func<OutageRow[], Func<OutageRow, float[]>, int, float> fill) =>
        (row, sensor, rows) =>
        {
            Func<OutageRow, float[]> read =
                sensor == 0 ? other => other.Acc : sensor == 1 ? other => other.Gyro : other => [other.Temperature];
            float[] filled = [.. read(row).Select((_, i) => fill(rows, read, i))];
            if (sensor == 2)
                row.Temperature = filled[0];
            else
                filled.CopyTo(read(row), 0);
        };
}
