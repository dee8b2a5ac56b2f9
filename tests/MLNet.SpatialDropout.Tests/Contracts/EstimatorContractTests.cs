using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// What ML.NET checks for each of its own estimators (TestEstimatorCore): schemas agree, models load, bad input is refused.
/// </summary>
[TestClass]
public sealed class EstimatorContractTests : DropoutTests
{
    private readonly MLContext _mlContext = new(1);

    public static IEnumerable<object[]> Stages() =>
    [
        [new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3 }],
        [new SpatialDropoutOptions { OutputColumnName = "Doubles", Channels = 3, Layout = ChannelLayout.ChannelsFirst }],
        [new SpatialDropoutOptions { OutputColumnName = "Damaged", InputColumnName = "Features", Channels = 3 }],
        [new SpatialDropoutOptions { OutputColumnName = "Doubles", InputColumnName = "Features", Channels = 3, Copies = 3 }],
        [new SpatialDropoutOptions
        {
            OutputColumnName = "Features", Shape = [2, 3, 2], NoiseShape = [2, 1, 2], KeepOriginal = true,
        }],
        [new SpatialDropoutOptions
        {
            OutputColumnName = "Features", Channels = 3, Fill = DropoutFill.ChannelMean, MaskKeyColumnName = "Class",
        }],
        [new SpatialDropoutOptions { OutputColumnName = "Normalized", Channels = 3, DroppedChannels = (1, 2), MinKept = 1 }],
        [new SpatialDropoutOptions
        {
            OutputColumnName = "Named", Channels = 3, Rates = [0.1, 0.2, 0.3], RowProbability = 0.5,
        }],
        [new SpatialDropoutOptions { OutputColumnName = "Features", Groups = [2, 1], Layout = ChannelLayout.ChannelsFirst }],
        [new SpatialDropoutOptions { Columns = ["Features", "Scalar", "Doubles", "Named"], Copies = 2, KeepOriginal = true }],
        [new SpatialDropoutOptions { Columns = ["Scalar"], Fill = DropoutFill.ChannelMean, MaskKeyColumnName = "Number" }],
        [new SpatialDropoutOptions { Columns = ["Doubles", "Normalized"], Groups = [1, 2], DroppedChannels = (1, 1) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void Schemas_agree(SpatialDropoutOptions options)
    {
        IDataView data = Data();
        SpatialDropoutEstimator estimator = MakeStage(_mlContext, options);
        SpatialDropoutTransformer transformer = estimator.Fit(data);
        IDataView transformed = transformer.Transform(data);
        IRowToRowMapper mapper = ((ITransformer)transformer).GetRowToRowMapper(data.Schema);

        string[] promised = SchemaShapeProbe.Describe(SchemaShapeProbe.Promised(estimator, data));
        CollectionAssert.AreEqual(promised, SchemaShapeProbe.Describe(SchemaShapeProbe.Of(transformed)));

        AssertSame(transformed.Schema, transformer.GetOutputSchema(data.Schema));
        AssertSame(transformed.Schema, mapper.OutputSchema);
        AssertSame(transformed.Schema, transformer.TransformForTraining(data).Schema);
        Assert.AreSame(data.Schema, mapper.InputSchema);
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void Annotations_survive(SpatialDropoutOptions options)
    {
        IDataView data = Data();
        IDataView training = MakeStage(_mlContext, options).Fit(data).TransformForTraining(data);

        foreach (string name in options.Columns ?? [options.OutputColumnName])
        {
            DataViewSchema.Column source = data.Schema[options.InputColumnName ?? name];
            CollectionAssert.AreEqual(Annotations(source), Annotations(training.Schema[name]));
        }
    }

    [TestMethod]
    public void Slot_names_and_the_normalized_mark_are_there_to_survive()
    {
        Assert.Contains("SlotNames", Annotations(Data().Schema["Named"]));
        Assert.Contains("IsNormalized", Annotations(Data().Schema["Normalized"]));
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void A_saved_model_comes_back_as_it_was(SpatialDropoutOptions options)
    {
        IDataView data = Data();
        SpatialDropoutTransformer transformer = MakeStage(_mlContext, options).Fit(data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(transformer, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out DataViewSchema inputSchema);

        AssertSame(data.Schema, inputSchema);
        IDataView expected = transformer.Transform(data);
        IDataView actual = loaded.Transform(data);
        AssertSame(expected.Schema, actual.Schema);
        foreach (DataViewSchema.Column column in expected.Schema.Where(column => column.Type.RawType == typeof(VBuffer<float>)))
            ViewRow<float>.AreEqual(
                ViewRow<float>.Read(expected, column.Name), ViewRow<float>.Read(actual, column.Name), column.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void Data_that_do_not_fit_are_refused_by_each_of_the_pair(SpatialDropoutOptions options)
    {
        IDataView data = Data();
        SpatialDropoutEstimator estimator = MakeStage(_mlContext, options);
        SpatialDropoutTransformer transformer = estimator.Fit(data);
        IDataView invalid = _mlContext.Transforms.SelectColumns("Number").Fit(data).Transform(data);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SchemaShapeProbe.Promised(estimator, invalid));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(invalid));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.GetOutputSchema(invalid.Schema));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.Transform(invalid));
    }

    private static string[] Annotations(DataViewSchema.Column column) =>
        [.. column.Annotations.Schema.Select(annotation => annotation.Name)];

    private static void AssertSame(DataViewSchema expected, DataViewSchema actual)
    {
        static string Typed(DataViewSchema.Column column) => $"{column.Name}: {column.Type}";
        static string[] Describe(DataViewSchema schema) => [.. schema.Select(column =>
            $"{Typed(column)}, hidden {column.IsHidden} [{string.Join("; ", column.Annotations.Schema.Select(Typed))}]")];
        CollectionAssert.AreEqual(Describe(expected), Describe(actual));
    }

    private IDataView Data()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(10));
        return _mlContext.Transforms.NormalizeMinMax("Normalized", "Features")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Named", "Class"))
            .Append(_mlContext.Transforms.Conversion.ConvertType("Scalar", "Number", DataKind.Single))
            .Fit(rows).Transform(rows);
    }
}
