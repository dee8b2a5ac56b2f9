using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Exactly the channels that the options name drop, in every row and copy.</summary>
[TestClass]
public sealed class LostChannelsTests
{
    private static readonly SpatialDropoutOptions Features = new() { OutputColumnName = "Features", Seed = 3 };

    private readonly MLContext _mlContext = new(1);

    private static IEnumerable<object[]> Cases =>
    [
        [Features with { Channels = 3, LostChannels = [1] }, new Func<int, bool>(i => i % 3 == 1)],
        [Features with { Channels = 3, LostChannels = [2, 0] }, new Func<int, bool>(i => i % 3 != 1)],
        [Features with { Channels = 3, LostChannels = [0, 1, 2] }, new Func<int, bool>(_ => true)],
        [
            Features with { Channels = 3, Layout = ChannelLayout.ChannelsFirst, LostChannels = [1] },
            new Func<int, bool>(i => i / 4 == 1),
        ],
        [Features with { Groups = [2, 1], LostChannels = [0] }, new Func<int, bool>(i => i % 3 < 2)],
        [Features with { Groups = [2, 1], LostChannels = [1] }, new Func<int, bool>(i => i % 3 == 2)],
        [Features with { Shape = [2, 6], NoiseShape = [2, 1], LostChannels = [1] }, new Func<int, bool>(i => i >= 6)],
        [Features with { PerElement = true, LostChannels = [11, 4] }, new Func<int, bool>(i => i is 4 or 11)],
        [Features with { Channels = 3, LostChannels = [1], SharedAcrossRows = true }, new Func<int, bool>(i => i % 3 == 1)],
        [Features with { Channels = 3, LostChannels = [1], MinKept = 2 }, new Func<int, bool>(i => i % 3 == 1)],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void View_and_stage(SpatialDropoutOptions options, object isLost)
    {
        IDataView data = OutageModels.Load(_mlContext, OutageModels.Test);

        Drops(_mlContext.Data.SpatialDropout(data, options), (Func<int, bool>)isLost, rowsPerInput: 1, originals: 0);
        Drops(
            _mlContext.Data.SpatialDropout(data, options with { Copies = 2, KeepOriginal = true }), (Func<int, bool>)isLost,
            rowsPerInput: 3, originals: 1);
        Drops(
            _mlContext.Transforms.SpatialDropout(options with { Copies = 4 }).Fit(data).TransformForTraining(data),
            (Func<int, bool>)isLost, rowsPerInput: 4, originals: 0);
    }

    [TestMethod]
    public void Columns_that_are_sensors()
    {
        IDataView data = OutageModels.Load(_mlContext, OutageModels.Test);

        IDataView view = _mlContext.Data.SpatialDropout(data, OutageModels.ByColumn with { LostChannels = [1, 2], Copies = 2 });

        Assert.IsTrue(view.GetColumn<float[]>("Gyro").All(row => row.All(value => value == 0)));
        Assert.IsTrue(view.GetColumn<float>("Temperature").All(value => value == 0));
        float[][] kept = [.. view.GetColumn<float[]>("Acc")];
        Assert.HasCount(2 * OutageModels.Test.Length, kept);
        for (int row = 0; row < kept.Length; row++)
            CollectionAssert.AreEqual(OutageModels.Test[row / 2].Acc, kept[row], $"row {row}");
    }

    [TestMethod]
    public void For_some_steps_and_in_some_rows()
    {
        SpatialDropoutOptions options =
            Features with { Channels = 3, LostChannels = [1], OutageSteps = (2, 2), RowProbability = 0.5 };

        float[][] rows = [.. _mlContext.Data.SpatialDropout(OutageModels.Load(_mlContext, OutageModels.Test), options)
            .GetColumn<float[]>("Features")];

        int[] lost = [.. rows.Select(row => row.Count(value => value == 0))];
        Assert.IsTrue(lost.All(count => count is 0 or 2));
        Assert.IsTrue(lost.Contains(0) && lost.Contains(2));
        Assert.IsTrue(rows.All(row => row.Where((_, i) => i % 3 != 1).All(value => value != 0)), "no other channel drops");
    }

    [TestMethod]
    public void Text_and_mask_of_a_plan()
    {
        var plan = DropoutPlan.Create(Features with { Channels = 3, LostChannels = [2, 0] }, length: 12);
        var keep = new bool[3];

        Assert.AreEqual("rows of [4, 3], noise [1, 3], lost [2, 0], fill Zero, scaling None, seed 3", $"{plan}");
        Assert.IsTrue(plan.DrawMask(new MaskKey(8), keep));
        CollectionAssert.AreEqual(new[] { false, true, false }, keep);
    }

    private static void Drops(IDataView view, Func<int, bool> isLost, int rowsPerInput, int originals)
    {
        float[][] rows = [.. view.GetColumn<float[]>("Features")];
        Assert.HasCount(rowsPerInput * OutageModels.Test.Length, rows);
        for (int row = 0; row < rows.Length; row++)
        {
            bool drops = row % rowsPerInput >= originals;
            float[] expected =
                [.. OutageModels.Test[row / rowsPerInput].Features.Select((value, i) => drops && isLost(i) ? 0 : value)];
            CollectionAssert.AreEqual(expected, rows[row], $"row {row}");
        }
    }
}
