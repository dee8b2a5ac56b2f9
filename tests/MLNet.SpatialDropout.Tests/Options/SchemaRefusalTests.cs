using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What is refused once the schema is known, before any row is read.</summary>
[TestClass]
public sealed class SchemaRefusalTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(
        "Nowhere", 3,
        "Schema mismatch for column 'Nowhere': expected a vector of known size of Single or Double, got no such column; there")]
    [DataRow("Number", 3, "Schema mismatch for column 'Number': expected a vector of known size of Single or Double, got ")]
    [DataRow("Tokens", 3, "Schema mismatch for column 'Tokens': expected a vector of known size of Single or Double, got ")]
    [DataRow(
        "OneHot", 5, "Channels is 5, which does not fit vectors of length 3 in column 'OneHot': the number of channels must")]
    [DataRow(
        "Features", 5, "Channels is 5, which does not fit vectors of length 12 in column 'Features': the number of channels")]
    public void Estimator_and_view_refuse(string column, int channels, string message)
    {
        IDataView data = Data();
        SpatialDropoutEstimator estimator = _mlContext.Transforms.SpatialDropout(column, channels);

        foreach (Action use in new Action[]
        {
            () => estimator.Fit(data),
            () => estimator.Append(_mlContext.Transforms.CopyColumns("x", "Number")).Fit(data),
            () => _mlContext.Data.SpatialDropout(data, estimator.Options),
        })
        {
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(use);
            StringAssert.StartsWith(refusal.Message, message);
        }
    }

    [TestMethod]
    [DataRow("Number", false, " Convert it with mlContext.Transforms.Conversion.ConvertType.")]
    [DataRow("Number", true, " Convert it with mlContext.Transforms.Conversion.ConvertType.")]
    [DataRow("IsFast", true, " Convert it with mlContext.Transforms.Conversion.ConvertType.")]
    [DataRow("Scalar", false, " Set Columns = [\"Scalar\", ...] if sensors are columns, or join scalars with Concatenate.")]
    [DataRow("Values", false, " Declare its size with [VectorType(n)], or in a SchemaDefinition.")]
    [DataRow("Values", true, " Declare its size with [VectorType(n)], or in a SchemaDefinition.")]
    [DataRow("Class", true, ", got ")]
    public void A_type_that_does_not_fit_is_refused_with_the_cure(string column, bool asColumns, string cure)
    {
        IDataView data = _mlContext.Transforms.Conversion.ConvertType("Scalar", "Number", DataKind.Single)
            .Append(_mlContext.Transforms.CustomMapping<SensorRow, Unsized>((_, row) => row.Values = [1, 2, 3], contractName: null))
            .Fit(Data()).Transform(Data());
        SpatialDropoutEstimator stage = asColumns
            ? _mlContext.Transforms.SpatialDropout(["Features", column])
            : _mlContext.Transforms.SpatialDropout(column, 3);

        foreach (Action use in new Action[] { () => stage.Fit(data), () => SchemaShapeProbe.Promised(stage, data) })
        {
            string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(use).Message;
            StringAssert.StartsWith(message, $"Schema mismatch for column '{column}': expected a ");
            StringAssert.Contains(message, cure);
        }
    }

    [TestMethod]
    public void Another_output_column_is_refused_in_the_same_words()
    {
        foreach (string column in new[] { "Nowhere", "Number" })
        {
            SpatialDropoutEstimator estimator = _mlContext.Transforms.SpatialDropout("Dropped", 3, inputColumnName: column);
            foreach (Action use in new Action[]
            {
                () => estimator.Fit(Data()), () => _mlContext.Data.SpatialDropout(Data(), estimator.Options),
            })
            {
                var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(use);
                StringAssert.StartsWith(refusal.Message, $"Schema mismatch for column '{column}': expected a vector of");
                Assert.AreEqual("input", refusal.ParamName);
            }
        }
    }

    [TestMethod]
    public void Schema_propagation_refuses_what_fit_refuses_but_for_lengths()
    {
        // A chain asks for the output schema first, so a scalar, a vector of unknown size and a missing column are refused there.
        foreach (string column in new[] { "Nowhere", "Number", "Tokens" })
        {
            var chain = _mlContext.Transforms.CopyColumns("x", "Number").Append(_mlContext.Transforms.SpatialDropout(column, 3));
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chain.Fit(Data()));
            Assert.AreEqual("inputSchema", refusal.ParamName, "refused by GetOutputSchema");
        }
    }

    [TestMethod]
    public void The_transformer_refuses_data_of_another_schema()
    {
        SpatialDropoutTransformer transformer = _mlContext.Transforms.SpatialDropout("Features", 3).Fit(Data());
        IDataView without = _mlContext.Transforms.DropColumns("Features").Fit(Data()).Transform(Data());
        IDataView longer = _mlContext.Transforms.Concatenate("Features", "Features", "Features").Fit(Data()).Transform(Data());

        foreach (Action<IDataView> use in new Action<IDataView>[]
        {
            data => transformer.Transform(data),
            data => transformer.TransformForTraining(data),
            data => transformer.GetOutputSchema(data.Schema),
            data => ((ITransformer)transformer).GetRowToRowMapper(data.Schema),
        })
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => use(without)).Message, "no such column");
            StringAssert.Contains(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => use(longer)).Message,
                "expected a vector of length 12, as fitted, got length 24");
        }
    }

    [TestMethod]
    public void A_row_that_breaks_its_columns_promise_is_named_not_cut()
    {
        var view = new VirtualView<float>(3, length: 6, row => new VBuffer<float>(row == 1 ? 5 : 6, new float[6]));
        foreach (bool keepOriginal in new[] { false, true })
        {
            IDataView dropped = _mlContext.Data.SpatialDropout(
                view, new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, KeepOriginal = keepOriginal });
            var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => ViewRow<float>.Read(dropped));
            StringAssert.Contains(refusal.Message, "column 'Features' has 5 elements, but the column's type says 6");
        }
    }

    [TestMethod]
    public void An_original_that_breaks_the_promise_is_named_too()
    {
        var view = new VirtualView<float>(1, length: 6, _ => new VBuffer<float>(5, new float[5]));
        IDataView dropped = _mlContext.Data.SpatialDropout(
            view, new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, KeepOriginal = true });
        using DataViewRowCursor cursor = dropped.GetRowCursor(dropped.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(dropped.Schema["Features"]);
        VBuffer<float> row = default;

        Assert.IsTrue(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref row));
    }

    [TestMethod]
    public void Nothing_is_read_before_a_refusal()
    {
        var view = new VirtualView<float>(5, length: 6, _ => throw new InvalidOperationException("read"));
        foreach (SpatialDropoutOptions options in new SpatialDropoutOptions[]
        {
            new() { OutputColumnName = "Features", Channels = 4 },
            new() { OutputColumnName = "Features", Channels = 3, MinKept = 4 },
            new() { OutputColumnName = "Features", Channels = 4, Fill = DropoutFill.ChannelMean },
            new() { OutputColumnName = "Features", Channels = 3, MaskKeyColumnName = "Nowhere", Fill = DropoutFill.ChannelMean },
        })
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Transforms.SpatialDropout(options).Fit(view));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Data.SpatialDropout(view, options));
        }

        Assert.AreEqual(0, view.ValuesRead);
        Assert.AreEqual(0, view.CursorsDisposed);
    }

    [TestMethod]
    public void A_vector_of_unknown_size_is_refused()
    {
        var view = new VirtualView<float>(1, length: 0, _ => new VBuffer<float>(6, new float[6]));
        SpatialDropoutEstimator estimator = _mlContext.Transforms.SpatialDropout("Features", 3);

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(view)).Message,
            "got Vector<Single> of unknown size");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SchemaShapeProbe.Promised(estimator, view)).Message,
            "got VariableVector of Single");
    }

    [TestMethod]
    public void A_constant_that_a_single_cannot_hold_is_refused_for_singles_alone()
    {
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 3,
            Fill = DropoutFill.Constant(1e300),
        };

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Data.SpatialDropout(Data(), options)).Message,
            "Fill must be a constant that fits into a Single, the element type of column 'Features', but is 1E+300.");
        Assert.IsNotNull(_mlContext.Data.SpatialDropout(Data(), options with { OutputColumnName = "Doubles" }));
    }

    // A vector whose type says no size.
    private sealed class Unsized
    {
        public float[] Values { get; set; } = [];
    }

    private IDataView Data()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(6));
        return _mlContext.Transforms.Text.TokenizeIntoWords("Tokens", "Class")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("OneHot", "Class"))
            .Fit(rows).Transform(rows);
    }
}
