using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A view with a backend has two cursors over its source. All cursors of one request are shuffled alike.</summary>
[TestClass]
public sealed class ShuffleTests
{
    private readonly MLContext _mlContext = new(1);

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Seed = 3,
        Backend = new KernelBackend(16),
    };

    private IDataView Cached => _mlContext.Data.Cache(_mlContext.Data.LoadFromEnumerable(SensorRow.Generate(60)));

    /// <summary>The averaged perceptron shuffles.</summary>
    [TestMethod]
    [DataRow(2, 1, false)]
    [DataRow(3, 1, false)]
    [DataRow(2, 3, true)]
    public void Stages_in_a_row_train_behind_a_cache(int stages, int copies, bool byKey)
    {
        SpatialDropoutOptions options = Options with
        {
            Copies = copies,
            KeepOriginal = copies > 1,
            MaskKeyColumnName = byKey ? "Number" : null,
        };
        var chain = new EstimatorChain<ITransformer>();
        for (int i = 0; i < stages; i++)
            chain = chain.Append<ITransformer>(_mlContext.Transforms.SpatialDropout(options with { Seed = i }));
        var pipeline = chain.Append(_mlContext.BinaryClassification.Trainers.AveragedPerceptron("IsFast"));

        IDataView scored = pipeline.Fit(Cached).Transform(Cached);

        Assert.IsNotNull(scored.Schema.GetColumnOrNull("Score"));
    }

    [TestMethod]
    [DataRow(2, 1, null)]
    [DataRow(2, 3, null)]
    [DataRow(3, 1, null)]
    [DataRow(2, 1, "Class")]
    [DataRow(3, 2, "Class")]
    public void Requests_with_and_without_the_dropped_column_give_the_same_order(int views, int copies, string? key)
    {
        IDataView view = Cached;
        for (int i = 0; i < views; i++)
            view = _mlContext.Data.SpatialDropout(view, Options with { Copies = copies, Seed = i, MaskKeyColumnName = key });

        List<int> plain = Numbers(view, ["Number"]);
        CollectionAssert.AreEqual(plain, Numbers(view, ["Number", "Features"]));
        CollectionAssert.AreNotEqual(plain.Order().ToList(), plain, "shuffled");
    }

    private static List<int> Numbers(IDataView view, string[] columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns.Select(column => view.Schema[column]), new Random(5));
        ValueGetter<int> read = cursor.GetGetter<int>(view.Schema["Number"]);
        ValueGetter<VBuffer<float>>? features =
            columns.Length > 1 ? cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]) : null;
        var numbers = new List<int>();
        int number = 0;
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            read(ref number);
            features?.Invoke(ref row);
            numbers.Add(number);
        }

        return numbers;
    }
}
