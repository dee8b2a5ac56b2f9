using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Values are dropped in the buffer that the source's getter filled. No source's own data may change.
/// </summary>
[TestClass]
public sealed class SourceUntouchedTests : DropoutTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void In_memory_rows()
    {
        SensorRow[] rows = SensorRow.Generate(30);
        float[][] before = Array.ConvertAll(rows, row => (float[])row.Features.Clone());

        AssertUntouched(_mlContext.Data.LoadFromEnumerable(rows));

        for (int i = 0; i < rows.Length; i++)
            Bits.AreEqual<float>(before[i], rows[i].Features);
    }

    [TestMethod]
    public void In_memory_buffers()
    {
        VBuffer<float>[] buffers =
        [
            new(6, [1, 2, 3, 4, 5, 6]),
            new(6, 2, [7, 8], [1, 4]),
            new(6, [9, 9, 9, 9, 9, 9]),
            new(6, 0, [], []),
        ];
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Buffered));
        schema[nameof(Buffered.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 6);

        AssertUntouched(_mlContext.Data.LoadFromEnumerable(
            buffers.Select(buffer => new Buffered { Features = buffer }).ToArray(), schema));

        Bits.AreEqual([1, 2, 3, 4, 5, 6], buffers[0].GetValues());
        Bits.AreEqual([7, 8], buffers[1].GetValues());
    }

    /// <summary>ML.NET's zip of views is internal, but AutoML and others use it.</summary>
    [TestMethod]
    public void Zip()
    {
        MethodInfo create = typeof(MLContext).Assembly.GetType("Microsoft.ML.Data.ZipDataView", throwOnError: true)!
            .GetMethod("Create", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        IDataView other = _mlContext.Transforms.SelectColumns("Doubles").Fit(Rows()).Transform(Rows());
        IDataView features = _mlContext.Transforms.SelectColumns("Features", "Number").Fit(Rows()).Transform(Rows());

        AssertUntouched((IDataView)create.Invoke(null, [_mlContext, new[] { other, features }])!);
    }

    [TestMethod]
    public void Cache() => AssertUntouched(_mlContext.Data.Cache(Rows()));

    [TestMethod]
    public void Concatenate() => AssertUntouched(Transformed(
        _mlContext.Transforms.Concatenate("Joined", "Features", "Features")
            .Append(_mlContext.Transforms.CopyColumns("Features", "Joined"))));

    [TestMethod]
    public void Normalizers()
    {
        AssertUntouched(Transformed(_mlContext.Transforms.NormalizeMeanVariance("Features")));
        AssertUntouched(Transformed(_mlContext.Transforms.NormalizeMinMax("Features")));
        AssertUntouched(Transformed(_mlContext.Transforms.NormalizeLpNorm("Features")));
    }

    [TestMethod]
    public void One_hot() => AssertUntouched(
        Transformed(_mlContext.Transforms.Categorical.OneHotEncoding(
            "Features", "Class", OneHotEncodingEstimator.OutputKind.Indicator)));

    [TestMethod]
    public void Filters() => AssertUntouched(_mlContext.Data.FilterRowsByColumn(Transformed(
        _mlContext.Transforms.Conversion.ConvertType("Number", outputKind: DataKind.Single)), "Number", 5, 20));

    [TestMethod]
    public void Shuffles() => AssertUntouched(_mlContext.Data.ShuffleRows(Rows(), seed: 3));

    [TestMethod]
    public void Splits()
    {
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(Rows());
        AssertUntouched(split.TrainSet);
        AssertUntouched(split.TestSet);
    }

    [TestMethod]
    public void Copied_columns()
    {
        IDataView data = Transformed(_mlContext.Transforms.CopyColumns("Copy", "Features"));
        AssertUntouched(data, "Copy");
        AssertUntouched(data, "Features");
    }

    [TestMethod]
    public void Binary_and_text_files()
    {
        string binary = Path.GetTempFileName();
        string text = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(binary))
                _mlContext.Data.SaveAsBinary(Rows(), stream);
            AssertUntouched(_mlContext.Data.LoadFromBinary(binary));

            File.WriteAllLines(text, SensorRow.Generate(30).Select(row => string.Join(',', row.Features)));
            AssertUntouched(_mlContext.Data.LoadFromTextFile(
                text, [new TextLoader.Column("Features", DataKind.Single, 0, SensorRow.Length - 1)], separatorChar: ','));
        }
        finally
        {
            File.Delete(binary);
            File.Delete(text);
        }
    }

    private IDataView Rows() => _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(30));

    private IDataView Transformed(IEstimator<ITransformer> estimator) => estimator.Fit(Rows()).Transform(Rows());

    // Alternating passes and two cursors side by side reveal memory that the source shares between them.
    private void AssertUntouched(IDataView source, string column = "Features")
    {
        IDataView view = MakeView(_mlContext, source, new SpatialDropoutOptions
        {
            OutputColumnName = column,
            Channels = 3,
            Rate = 0.6,
            Fill = DropoutFill.Constant(-99),
            Seed = 4,
        });
        List<ViewRow<float>> before = ViewRow<float>.Read(source, column);
        Assert.IsNotEmpty(before);

        List<ViewRow<float>> dropped = ViewRow<float>.Read(view, column);
        Assert.IsTrue(dropped.Exists(row => row.Values.Contains(-99)), "something was dropped");
        ViewRow<float>.AreEqual(before, ViewRow<float>.Read(source, column), "after a pass:");

        using DataViewRowCursor plain = source.GetRowCursor([source.Schema[column]]);
        using DataViewRowCursor dropping = view.GetRowCursor([view.Schema[column]]);
        var getPlain = plain.GetGetter<VBuffer<float>>(source.Schema[column]);
        var getDropped = dropping.GetGetter<VBuffer<float>>(view.Schema[column]);
        for (int row = 0; row < before.Count; row++)
        {
            Assert.IsTrue(plain.MoveNext() && dropping.MoveNext());
            VBuffer<float> first = default, second = default;
            getDropped(ref first);
            getPlain(ref second);
            Bits.AreEqual<float>(dropped[row].Values, [.. first.DenseValues()], $"row {row}, dropped:");
            Bits.AreEqual<float>(before[row].Values, [.. second.DenseValues()], $"row {row}, side by side:");
        }
    }

    private sealed class Buffered
    {
        public VBuffer<float> Features { get; set; }
    }
}
