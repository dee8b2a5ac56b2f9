using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Plans, views and estimators are thread-safe; a cursor belongs to one thread.</summary>
[TestClass]
public sealed class ThreadTests : DropoutTests
{
    private const int Threads = 8;

    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rates = [0.2, 0.5, 0.8],
        Scaling = DropoutScaling.Inverted,
        Copies = 2,
        Seed = 3,
    };

    [TestMethod]
    public void Eight_threads_over_one_plan()
    {
        var plan = DropoutPlan.Create(Options, SensorRow.Length);
        float[] ones = Enumerable.Repeat(1f, SensorRow.Length).ToArray();

        Parallel.For(0, Threads, thread =>
        {
            var row = new float[SensorRow.Length];
            for (int i = 0; i < 3000; i++)
            {
                var key = new MaskKey((ulong)((i * 31) + thread));
                plan.Apply(key, ones, row);
                Bits.AreEqual<float>(ReferenceDropout.Apply<float>(Options, key, ones), row);
            }
        });
    }

    [TestMethod]
    public void Eight_threads_over_one_view()
    {
        var mlContext = new MLContext(1);
        IDataView view = MakeView(
            mlContext, mlContext.Data.Cache(mlContext.Data.LoadFromEnumerable(SensorRow.Generate(300))), Options);
        List<ViewRow<float>> expected = ViewRow<float>.Read(view);

        Parallel.For(0, Threads, thread =>
        {
            for (int pass = 0; pass < 20; pass++)
                ViewRow<float>.AreEqual(expected, ViewRow<float>.Read(view), $"thread {thread}, pass {pass}:");
        });
    }

    [TestMethod]
    public void Cursors_of_one_set_on_threads_of_their_own()
    {
        var mlContext = new MLContext(1);
        var source = new VirtualView<float>(5000, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = MakeView(mlContext, source, Options);

        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["Features"]], Threads);
        List<ViewRow<float>>[] parts = new List<ViewRow<float>>[cursors.Length];
        Parallel.For(0, cursors.Length, thread => parts[thread] = ViewRow<float>.Read(cursors[thread]));

        ViewRow<float>.AreEqual(ViewRow<float>.Read(view), [.. parts.SelectMany(part => part).OrderBy(row => row.Batch)]);
    }

    [TestMethod]
    public void Models_fitted_at_once_with_one_estimator()
    {
        var mlContext = new MLContext(1);
        SpatialDropoutEstimator stage = MakeStage(mlContext, Options);
        float[] Scores()
        {
            var context = new MLContext(1);
            IDataView data = context.Data.LoadFromEnumerable(SensorRow.Generate(60));
            var model = stage
                .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                    new() { LabelColumnName = "IsFast", NumberOfThreads = 1 }))
                .Fit(data);
            return [.. model.Transform(data).GetColumn<float>("Score")];
        }

        float[] expected = Scores();
        Parallel.For(0, Threads, _ => Bits.AreEqual<float>(expected, Scores()));
    }
}
