using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A row has the same mask in a filter, a split or a fold as in the whole view.</summary>
[TestClass]
public sealed class SubsetTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Copies = 2,
        KeepOriginal = true,
        Seed = 13,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Filter()
    {
        IDataView data = _mlContext.Transforms.Conversion.ConvertType("Number", outputKind: DataKind.Single)
            .Fit(Rows()).Transform(Rows());
        AssertSubset(_mlContext.Data.FilterRowsByColumn(data, "Number", 20, 70));
    }

    [TestMethod]
    public void Split()
    {
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(Rows(), testFraction: 0.3);
        AssertSubset(split.TrainSet);
        AssertSubset(split.TestSet);
    }

    [TestMethod]
    public void Cross_validation_folds()
    {
        foreach (DataOperationsCatalog.TrainTestData fold in _mlContext.Data.CrossValidationSplit(Rows(), numberOfFolds: 4))
        {
            AssertSubset(fold.TrainSet);
            AssertSubset(fold.TestSet);
        }
    }

    [TestMethod]
    public void Skipped_and_taken_rows() => AssertSubset(_mlContext.Data.TakeRows(_mlContext.Data.SkipRows(Rows(), 15), 30));

    /// <summary>Any options, any number of rows: shuffled, cached, split and folded as in one pass over all.</summary>
    [TestMethod]
    public void Any_options() => Gen.Select(AnyViewOptions.ForViews, Gen.Int[0, 25], Gen.Int[1, 5]).Sample((sized, rows, cursors) =>
    {
        (SpatialDropoutOptions options, int length) = sized;
        var source = new VirtualView<float>(
            rows, length, row => new VBuffer<float>(length, [.. Enumerable.Repeat(row + 1f, length)]));
        IDataView Drop(IDataView view) => MakeView(_mlContext, view, options);
        Dictionary<DataViewRowId, float[]> whole =
            ViewRow<float>.Read(Drop(source)).ToDictionary(row => row.Id, row => row.Values);
        void Agrees(List<ViewRow<float>> part, string what)
        {
            foreach (ViewRow<float> row in part)
                Bits.AreEqual<float>(whole[row.Id], row.Values, $"{what}, row {row.Id}:");
        }

        IDataView cached = _mlContext.Data.Cache(source);
        List<ViewRow<float>> shuffled = ViewRow<float>.Read(Drop(cached), random: new Random(rows));
        Assert.HasCount(whole.Count, shuffled);
        Agrees(shuffled, "shuffled");
        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(Drop(source)), ViewRow<float>.ReadSet(Drop(cached), cursors), "cached source, cursor set");

        // A cache gives its rows new IDs.
        List<ViewRow<float>> inCache = ViewRow<float>.Read(_mlContext.Data.Cache(Drop(source)));
        Assert.HasCount(whole.Count, inCache);
        foreach ((ViewRow<float> expected, ViewRow<float> actual) in ViewRow<float>.Read(Drop(source)).Zip(inCache))
            Bits.AreEqual<float>(expected.Values, actual.Values, "cached:");

        IDataView positions = _mlContext.Transforms.Conversion.ConvertType("Position", "Number", DataKind.Single)
            .Fit(source).Transform(source);
        Agrees(ViewRow<float>.Read(Drop(_mlContext.Data.FilterRowsByColumn(positions, "Position", 3, 15))), "filtered");

        foreach (DataOperationsCatalog.TrainTestData fold in _mlContext.Data.CrossValidationSplit(source, numberOfFolds: 2)
            .Append(_mlContext.Data.TrainTestSplit(source, 0.4)))
        {
            List<ViewRow<float>> train = ViewRow<float>.Read(Drop(fold.TrainSet));
            List<ViewRow<float>> test = ViewRow<float>.Read(Drop(fold.TestSet));
            Agrees(train, "train");
            Agrees(test, "test");
            Assert.AreEqual(whole.Count, train.Count + test.Count);
        }
    }, iter: 60);

    private IDataView Rows() => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(90));

    private void AssertSubset(IDataView subset)
    {
        Dictionary<DataViewRowId, float[]> whole =
            ViewRow<float>.Read(MakeView(_mlContext, Rows(), Options)).ToDictionary(row => row.Id, row => row.Values);
        List<ViewRow<float>> dropped = ViewRow<float>.Read(MakeView(_mlContext, subset, Options));

        Assert.IsNotEmpty(dropped);
        Assert.IsLessThan(whole.Count, dropped.Count);
        foreach (ViewRow<float> row in dropped)
            Bits.AreEqual<float>(whole[row.Id], row.Values, $"row {row.Id}:");
    }
}
