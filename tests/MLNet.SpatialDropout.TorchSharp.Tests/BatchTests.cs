using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The batches of this package's backend. BackendTests in the main package's tests has what holds for any backend.</summary>
[TestClass]
public sealed class BatchTests
{
    private static readonly SpatialDropoutOptions Options =
        new() { OutputColumnName = "Features", Channels = 3, Rate = 0.5, Seed = 21 };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(1000)]
    public void Batches_of_any_size_give_the_rows_of_the_kernels(int batchSize)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(70));
        foreach (int copies in new[] { 1, 3, 9 })
        {
            SpatialDropoutOptions options = Options with { Copies = copies, KeepOriginal = copies == 3, RowProbability = 0.7 };
            ViewRow<float>.AreEqual(
                ViewRow<float>.Read(SpatialDropoutCatalog.SpatialDropout(_mlContext.Data, data, options)),
                ViewRow<float>.Read(SpatialDropoutCatalog.SpatialDropout(
                    _mlContext.Data, data, options with { Backend = TorchBackend.Create(_mlContext, batchSize) })));
        }
    }

    [TestMethod]
    public void No_tensor_outlives_its_batch()
    {
        const int Rows = 5000;
        var source = new VirtualView<float>(Rows, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(
            source, Options with { Copies = 2, Rates = [0.1, 0.2, 0.3], Rate = null, RowProbability = 0.5 });
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;

        long before = TensorCase.CountTensors();
        while (cursor.MoveNext())
        {
            getter(ref values);
            Assert.AreEqual(before, Tensor.TotalCount);
        }
    }

    [TestMethod]
    public void Memory_of_a_batch_is_kept_for_the_next()
    {
        var plan = DropoutPlan.Create(
            new DropoutOptions { Channels = 3, Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.LastValue), Seed = 21 }, 12);
        var batches = new DeviceBatches<double>(CPU);
        batches.Apply(plan, TensorCase.Keys(100), new double[1200], new double[1200]);
        long before = TensorCase.CountTensors();

        // A batch that is smaller must not see what is left of the others.
        foreach (int rows in new[] { 100, 3, 100, 1 })
        {
            MaskKey[] keys = TensorCase.Keys(rows);
            double[] values = [.. Enumerable.Range(rows, rows * 12)];
            var expected = new double[values.Length];
            plan.ApplyRows(keys, values, expected);

            batches.Apply(plan, keys, values, values);
            Bits.AreEqual<double>(expected, values);
            Assert.AreEqual(before, Tensor.TotalCount);
        }
    }

    [TestMethod]
    public void Threads_share_the_memory_of_batches_and_do_not_disturb_each_other()
    {
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 3, Rate = 0.4, Seed = 21 }, 12);
        var batches = new DeviceBatches<float>(CPU);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, batch =>
        {
            MaskKey[] keys = TensorCase.Keys(1 + (batch % 40));
            float[] values = [.. Enumerable.Range(batch, keys.Length * 12)];
            var expected = new float[values.Length];
            plan.ApplyRows(keys, values, expected);

            batches.Apply(plan, keys, values, values);
            Bits.AreEqual<float>(expected, values, $"batch {batch}:");
        });
    }
}
