using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A row has its mask wherever it turns up: in a filter, a split or a fold as in the whole.</summary>
[TestClass]
public sealed class SubsetTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        Copies = 2,
        KeepOriginal = true,
        Seed = 13,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Filter()
    {
        IDataView data = _mlContext.Transforms.Conversion.ConvertType("Number", outputKind: DataKind.Single).Fit(Rows()).Transform(Rows());
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

    private IDataView Rows() => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(90));

    private void AssertSubset(IDataView subset)
    {
        Dictionary<DataViewRowId, float[]> whole =
            ViewRow<float>.Read(_mlContext.Data.SpatialDropout(Rows(), Options)).ToDictionary(row => row.Id, row => row.Values);
        List<ViewRow<float>> dropped = ViewRow<float>.Read(_mlContext.Data.SpatialDropout(subset, Options));

        Assert.IsNotEmpty(dropped);
        Assert.IsLessThan(whole.Count, dropped.Count);
        foreach (ViewRow<float> row in dropped)
            Bits.AreEqual<float>(whole[row.Id], row.Values, $"row {row.Id}:");
    }
}
