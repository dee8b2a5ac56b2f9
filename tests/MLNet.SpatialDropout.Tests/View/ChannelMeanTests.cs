using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The fill that Fit learns.</summary>
[TestClass]
public sealed class ChannelMeanTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = 3,
        Fill = DropoutFill.ChannelMean,
        Rate = 0.5,
        Seed = 3,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Dropped_values_become_the_mean_of_their_channel()
    {
        float[][] rows = [[1, 10, float.NaN, 3, 30, -1], [5, 50, float.NaN, 7, 70, -3]];
        double[] means = [4, 40, -2];

        List<ViewRow<float>> dropped = ViewRow<float>.Read(MakeView(_mlContext, View(rows), Options));

        for (int row = 0; row < rows.Length; row++)
            Bits.AreEqual<float>(
                ReferenceDropout.Apply<float>(Options, new MaskKey((ulong)row), rows[row], means), dropped[row].Values);
        Assert.IsTrue(
            dropped.Exists(row => row.Values[1] == 40) || dropped.Exists(row => row.Values[0] == 4), "something was dropped");
    }

    [TestMethod]
    public void Is_learned_for_every_layout_and_noise_shape() =>
        AnyViewOptions.ForViews.Sample(sized =>
        {
            (SpatialDropoutOptions any, int length) = sized;
            SpatialDropoutOptions options =
                any with { Fill = DropoutFill.ChannelMean, Scaling = DropoutScaling.None, MaskKeyColumnName = null };
            double[][] rows =
            [
                .. Enumerable.Range(0, 5).Select(row => Enumerable.Range(0, length).Select(i => (row * 0.25) + i).ToArray()),
            ];
            double[] means = ReferenceDropout.Means(options, rows);

            List<ViewRow<double>> dropped = ViewRow<double>.Read(MakeView(_mlContext, View(rows), options));

            int perInput = options.Copies + (options.KeepOriginal ? 1 : 0);
            for (int i = 0; i < dropped.Count; i++)
            {
                int copy = (i % perInput) - (options.KeepOriginal ? 1 : 0);
                double[] expected = copy < 0 ? rows[i / perInput]
                    : ReferenceDropout.Apply<double>(
                        options, new MaskKey((ulong)(i / perInput), 0, (uint)copy), rows[i / perInput], means);
                for (int element = 0; element < length; element++)
                    Assert.AreEqual(expected[element], dropped[i].Values[element], 1e-9 * Math.Abs(expected[element]));
            }
        }, iter: 200);

    [TestMethod]
    public void Sparse_rows_count_their_zeros_and_become_dense_where_dropped()
    {
        var rows = new VirtualView<float>(4, 6, _ => new VBuffer<float>(6, 2, [12f, 6f], [0, 4]));

        List<ViewRow<float>> dropped = ViewRow<float>.Read(MakeView(_mlContext, rows, Options with { Rate = 1 }));

        foreach (ViewRow<float> row in dropped)
            Bits.AreEqual<float>([6, 3, 0, 6, 3, 0], row.Values);
    }

    [TestMethod]
    public void A_long_sum_stays_exact()
    {
        // A float cannot hold 2^24 + 1, nor a double 1e16 + 1: plain sums would lose the ones.
        var floats = new VirtualView<float>(200_000, 3, _ => new VBuffer<float>(3, [16_777_215f, 1, 0.1f]));
        var doubles = new VirtualView<double>(200_001, 3, row => new VBuffer<double>(3, [row == 0 ? 1e16 : 1, 1, 0.1]));

        IDataView Means(IDataView data) =>
            _mlContext.Data.TakeRows(MakeView(_mlContext, data, Options with { Rate = 1 }), 1);
        float[] floatMeans = ViewRow<float>.Read(Means(floats))[0].Values;
        double[] doubleMeans = ViewRow<double>.Read(Means(doubles))[0].Values;

        Bits.AreEqual<float>([16_777_215f, 1, 0.1f], floatMeans);
        Bits.AreEqual<double>([(1e16 + 200_000) / 200_001, 1, 0.1], doubleMeans);
    }

    [TestMethod]
    public void Data_without_a_mean_are_refused()
    {
        void Refused(string message, params float[][] rows)
        {
            IDataView data = View(rows);
            string actual = Assert.ThrowsExactly<InvalidOperationException>(
                () => MakeStage(_mlContext, Options).Fit(data)).Message;
            StringAssert.Contains(actual, message);
        }

        Refused("channel 0 of column 'Features' has no mean: there are no rows to learn it from.");
        Refused("channel 2 of column 'Features' has no mean: all its values in 1 rows are NaN.", [1, 2, float.NaN]);

        const string Infinite = "channel 1 of column 'Features' has no mean: its values in 2 rows are infinite, or add up to infinity.";
        Refused(Infinite, [1, float.PositiveInfinity, 3], [1, 2, 3]);
        Refused(Infinite, [1, 2, 3], [1, float.NegativeInfinity, 3]);
    }

    [TestMethod]
    public void A_row_that_breaks_its_columns_promise_is_named()
    {
        var ragged = new VirtualView<float>(2, 6, row => new VBuffer<float>(row == 1 ? 3 : 6, new float[6]));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => MakeView(_mlContext, ragged, Options)).Message,
            "has 3 elements, but the column's type says 6");
    }

    [TestMethod]
    public void Is_learned_from_the_input_column()
    {
        SpatialDropoutOptions options = Options with { InputColumnName = "Features", OutputColumnName = "Damaged", Rate = 1 };
        IDataView view = MakeView(_mlContext, View<float>([1, 10, 100], [3, 30, 300]), options);
        Bits.AreEqual<float>([2, 20, 200], ViewRow<float>.Read(view, "Damaged")[0].Values);
    }

    [TestMethod]
    public void A_stage_learns_from_the_training_data_alone_and_predicts_without()
    {
        IDataView train = View<float>([1, 10, 100], [3, 30, 300]);
        IDataView test = View<float>([5, 50, 500]);
        SpatialDropoutTransformer stage = MakeStage(_mlContext, Options with { Rate = 1 }).Fit(train);

        Bits.AreEqual<float>([2, 20, 200], ViewRow<float>.Read(stage.TransformForTraining(test))[0].Values);
        Bits.AreEqual<float>([5, 50, 500], ViewRow<float>.Read(stage.Transform(test))[0].Values);
    }

    private static VirtualView<T> View<T>(params T[][] rows)
        where T : unmanaged =>
        new(rows.Length, rows.Length == 0 ? 3 : rows[0].Length, row => new VBuffer<T>(rows[row].Length, rows[row]));
}
