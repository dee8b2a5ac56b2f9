using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A saved model with flags is plain ML.NET, and gives the same scores.</summary>
[TestClass]
public sealed class IndicateLostSavedModelTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("flags").FullName;
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public static IEnumerable<object[]> Stages() =>
    [
        [new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3 }],
        [new SpatialDropoutOptions
        {
            OutputColumnName = "Damaged",
            InputColumnName = "Doubles",
            Groups = [1, 0, 2],
            Fill = DropoutFill.PerChannel(0.1, 1, -0.5),
        }],
        [new SpatialDropoutOptions
        {
            Columns = ["Doubles", "Features"],
            Fill = DropoutFill.OneOf(DropoutFill.Constant(0.3), DropoutFill.PerChannel(-1.5, -2.5)),
        }],
    ];

    private static CultureInfo Comma
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            return culture;
        }
    }

    private string ModelPath => Path.Combine(_folder, "model.zip");

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));

    [TestCleanup]
    public void Restore()
    {
        CultureInfo.CurrentCulture = _culture;
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void Loads_with_the_same_scores_in_any_culture(SpatialDropoutOptions options)
    {
        ITransformer model = Fit(options);
        IDataView damaged = Damaged(options);
        Assert.IsTrue(model.Transform(damaged).GetColumn<float[]>("Lost").Any(flags => flags.Contains(1)), "some are lost");

        _mlContext.Model.Save(model, Data.Schema, ModelPath);
        CultureInfo.CurrentCulture = Comma;
        CollectionAssert.AreEqual(Scores(model, damaged), Scores(Fit(options), damaged));
        ITransformer loaded = new MLContext().Model.Load(ModelPath, out _);

        CollectionAssert.AreEqual(Scores(model, damaged), Scores(loaded, damaged));
        Assert.IsEmpty(Flatten(loaded).Where(IsOurs));
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public async Task Loads_in_a_process_that_does_not_have_this_library(SpatialDropoutOptions options)
    {
        ITransformer model = Fit(options);
        IDataView damaged = Damaged(options);
        _mlContext.Model.Save(model, Data.Schema, ModelPath);

        float[] scores = await ForeignProcess.Score(_mlContext, ModelPath, damaged, _folder);

        CollectionAssert.AreEqual(Scores(model, damaged), scores);
    }

    [TestMethod]
    [DynamicData(nameof(Stages))]
    public void What_Fit_returns_is_made_of_stock_transformers(SpatialDropoutOptions options)
    {
        options = options with { InputColumnName = null, OutputColumnName = options.InputColumnName ?? options.OutputColumnName };
        ITransformer[] stages = [.. Flatten(_mlContext.Transforms.IndicateLost("Lost", options).Fit(Data))];

        Assert.IsNotEmpty(stages);
        Assert.IsEmpty(stages.Where(IsOurs));
    }

    private TransformerChain<ITransformer> Fit(SpatialDropoutOptions options) => new EstimatorChain<ITransformer>()
        .Append<ITransformer>(_mlContext.Transforms.SpatialDropout(options with { Copies = 2, KeepOriginal = true, Seed = 1 }))
        .Append<ITransformer>(_mlContext.Transforms.IndicateLost("Lost", options))
        .Append<ITransformer>(_mlContext.Transforms.Concatenate("Inputs", "Features", "Lost"))
        .Append<ITransformer>(_mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("IsFast", "Inputs"))
        .Fit(Data);

    // The data that a model meets in the field. It reads the input column, if the stage writes to another one.
    private IDataView Damaged(SpatialDropoutOptions options)
    {
        if (options.InputColumnName is { } input)
            options = options with { InputColumnName = null, OutputColumnName = input };
        IDataView damaged = _mlContext.Data.SpatialDropout(Data, options);
        return _mlContext.Data.LoadFromEnumerable(
            _mlContext.Data.CreateEnumerable<SensorRow>(damaged, reuseRowObject: false));
    }

    private static bool IsOurs(ITransformer stage) =>
        stage is SpatialDropoutTransformer || stage.GetType().Assembly == typeof(SpatialDropoutTransformer).Assembly;

    private static float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    private static IEnumerable<ITransformer> Flatten(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [model];
}
