using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Rows with an equal mask key share a mask, wherever they stand.</summary>
[TestClass]
public sealed class MaskKeyTests : DropoutTests
{
    private static readonly SpatialDropoutOptions ByKey = new()
    {
        OutputColumnName = "Features",
        Channels = SensorRow.Sensors,
        MaskKeyColumnName = "Key",
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 9,
    };

    private readonly MLContext _mlContext = new(1);

    public static IEnumerable<object[]> Types() =>
        Enum.GetValues<DataKind>()
            .Where(kind => kind is not (DataKind.Single or DataKind.Double
                or DataKind.DateTime or DataKind.DateTimeOffset or DataKind.TimeSpan))
            .Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Types))]
    public void Integers_text_and_booleans_name_masks(DataKind kind)
    {
        // 0 and 1 in turns: all these types have these values.
        IDataView data = WithKey(number => number % 2, kind);
        List<ViewRow<float>> rows = ViewRow<float>.Read(MakeView(_mlContext, data, ByKey));

        for (int row = 0; row < rows.Count; row++)
        {
            MaskKey key = kind == DataKind.String ? MaskKey.FromText((row % 2).ToString()) : MaskKey.FromInteger(row % 2);
            Bits.AreEqual<float>(
                ReferenceDropout.Apply<float>(ByKey, key, SensorRow.Generate(40)[row].Features),
                rows[row].Values,
                $"row {row}:");
        }
    }

    [TestMethod]
    public void Key_columns_name_masks_by_their_number()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Class").Fit(rows).Transform(rows);

        List<ViewRow<float>> dropped = ViewRow<float>.Read(MakeView(_mlContext, data, ByKey));

        uint[] keys = [.. data.GetColumn<uint>("Key")];
        for (int row = 0; row < keys.Length; row++)
            Bits.AreEqual<float>(
                ReferenceDropout.Apply<float>(ByKey, MaskKey.FromInteger(keys[row]), SensorRow.Generate(40)[row].Features),
                dropped[row].Values);
    }

    [TestMethod]
    public void Shards_agree_with_the_whole()
    {
        IDataView data = WithKey(number => number / 5, DataKind.Int32);
        float[][] whole = Values(data);

        float[][] shards = [.. Enumerable.Range(0, 4).SelectMany(shard => Values(
            _mlContext.Data.TakeRows(shard == 0 ? data : _mlContext.Data.SkipRows(data, shard * 10), 10)))];

        Assert.HasCount(40, shards);
        for (int row = 0; row < whole.Length; row++)
            Bits.AreEqual<float>(whole[row], shards[row]);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_key_column_that_nobody_asked_for_is_read_and_stays_inactive(int copies)
    {
        IDataView view = MakeView(_mlContext, WithKey(number => number, DataKind.Int32), ByKey with { Copies = copies });

        using DataViewRowCursor without = view.GetRowCursor([view.Schema["Features"]]);
        Assert.IsFalse(without.IsColumnActive(view.Schema["Key"]));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => without.GetGetter<int>(view.Schema["Key"])).Message,
            "Column 'Key' is not active in this cursor.");

        using DataViewRowCursor with = view.GetRowCursor([view.Schema["Features"], view.Schema["Key"]]);
        Assert.IsTrue(with.IsColumnActive(view.Schema["Key"]));
        Assert.IsNotNull(with.GetGetter<int>(view.Schema["Key"]));
    }

    [TestMethod]
    [DataRow("Nowhere", "no such column")]
    [DataRow("Single", "Single")]
    [DataRow("Doubles", "Vector")]
    [DataRow("Words", "Vector")]
    [DataRow("Time", "DateTime")]
    [DataRow("Duration", "TimeSpan")]
    public void Other_columns_are_refused(string column, string actual)
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4));
        IDataView data = _mlContext.Transforms.Conversion.ConvertType("Single", "Number", DataKind.Single)
            .Append(_mlContext.Transforms.Concatenate("Words", "Class", "Class"))
            .Append(_mlContext.Transforms.CustomMapping<SensorRow, Moment>((_, moment) => moment.Time = DateTime.UnixEpoch, null))
            .Fit(rows).Transform(rows);
        SpatialDropoutEstimator estimator = MakeStage(_mlContext, ByKey with { MaskKeyColumnName = column });

        foreach (Action use in new Action[] { () => estimator.Fit(data), () => estimator.Append(estimator).Fit(data) })
            AssertRefuses(column, actual, use);
    }

    [TestMethod]
    public void Is_needed_to_drop_out_and_not_to_predict()
    {
        IDataView data = WithKey(number => number / 5, DataKind.Int32);
        var model = MakeStage(_mlContext, ByKey)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: "IsFast"))
            .Fit(data);
        IDataView without = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(3));

        Assert.IsNull(without.Schema.GetColumnOrNull("Key"));
        Assert.HasCount(3, model.Transform(without).GetColumn<float>("Score").ToArray());
        using var engine = _mlContext.Model.CreatePredictionEngine<SensorRow, SensorRow>(model);
        Bits.AreEqual<float>(SensorRow.Generate(1)[0].Features, engine.Predict(SensorRow.Generate(1)[0]).Features);

        var stage = (SpatialDropoutTransformer)model.First();
        AssertRefuses("Key", "no such column", () => stage.TransformForTraining(without));
        AssertRefuses("Key", "Single", () => stage.TransformForTraining(WithKey(number => number, DataKind.Single)));
        AssertRefuses("Key", "Vector", () => stage.TransformForTraining(WithVectorKey()));
    }

    [TestMethod]
    [DataRow(DataKind.SByte, -1)]
    [DataRow(DataKind.Int16, -1)]
    [DataRow(DataKind.Int32, -1)]
    [DataRow(DataKind.Int64, -1)]
    public void Negative_numbers_are_sign_extended(DataKind kind, int key)
    {
        List<ViewRow<float>> rows = ViewRow<float>.Read(MakeView(_mlContext, WithKey(_ => key, kind), ByKey));
        Bits.AreEqual<float>(
            ReferenceDropout.Apply<float>(ByKey, MaskKey.FromInteger(key), SensorRow.Generate(40)[0].Features), rows[0].Values);
    }

    [TestMethod]
    [DataRow(DataKind.Byte, 200)]
    [DataRow(DataKind.UInt16, 40_000)]
    [DataRow(DataKind.UInt32, 3_000_000_000)]
    public void Unsigned_numbers_are_not_sign_extended(DataKind kind, long key)
    {
        List<ViewRow<float>> rows = ViewRow<float>.Read(MakeView(_mlContext, WithKey(_ => key, kind), ByKey));
        Bits.AreEqual<float>(
            ReferenceDropout.Apply<float>(ByKey, MaskKey.FromInteger(key), SensorRow.Generate(40)[0].Features), rows[0].Values);
    }

    [TestMethod]
    public void Small_key_types_are_not_sign_extended()
    {
        SmallKey[] rows = [new SmallKey { Key = 200, Features = [1, 2, 3] }];
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        Assert.AreEqual(new KeyDataViewType(typeof(byte), 250), data.Schema["Key"].Type);

        // ML.NET counts keys from 0 in a class, and from 1 in a column.
        Assert.AreEqual(201, data.GetColumn<byte>("Key").Single());
        Bits.AreEqual<float>(
            ReferenceDropout.Apply<float>(ByKey, MaskKey.FromInteger(201), [1f, 2f, 3f]),
            ViewRow<float>.Read(MakeView(_mlContext, data, ByKey))[0].Values);
    }

    [TestMethod]
    public void Numbers_above_the_signed_range_keep_their_bits()
    {
        Unsigned[] rows = [new Unsigned { Key = ulong.MaxValue, Features = [1, 2, 3] }];
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        Bits.AreEqual<float>(
            ReferenceDropout.Apply<float>(ByKey, MaskKey.FromInteger(-1), [1f, 2f, 3f]),
            ViewRow<float>.Read(MakeView(_mlContext, data, ByKey))[0].Values);
    }

    [TestMethod]
    public void A_pass_over_other_columns_does_not_read_the_key()
    {
        var source = new VirtualView<float>(4, 12, _ => new VBuffer<float>(12, new float[12]));
        IDataView view = MakeView(_mlContext, source, ByKey with { MaskKeyColumnName = "Number", Copies = 2 });
        using (DataViewRowCursor cursor = view.GetRowCursor([]))
        {
            while (cursor.MoveNext())
                Assert.IsFalse(cursor.IsColumnActive(view.Schema["Number"]));
        }

        Assert.AreEqual(0, source.NumbersRead);
        Assert.IsEmpty(source.Columns);
        ViewRow<float>.Read(view);
        Assert.AreEqual(4, source.NumbersRead, "once per input row");
    }

    private static void AssertRefuses(string column, string actual, Action use)
    {
        string expected =
            $"Schema mismatch for column '{column}': expected a scalar that is an integer, a text, a key or a boolean, got ";
        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(use).Message;
        StringAssert.StartsWith(message, expected);
        StringAssert.Contains(message[expected.Length..], actual);
    }

    private IDataView WithVectorKey()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4));
        return _mlContext.Transforms.Concatenate("Key", "Class", "Class").Fit(data).Transform(data);
    }

    private IDataView WithKey(Func<int, long> keyOf, DataKind kind)
    {
        SensorRow[] rows = SensorRow.Generate(40);
        foreach (SensorRow row in rows)
            row.Class = keyOf(row.Number).ToString();
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        return _mlContext.Transforms.Conversion.ConvertType("Key", "Class", kind).Fit(data).Transform(data);
    }

    private float[][] Values(IDataView data) =>
        [.. ViewRow<float>.Read(MakeView(_mlContext, data, ByKey)).Select(row => row.Values)];

    private sealed class Moment
    {
        public DateTime Time { get; set; }

        public TimeSpan Duration { get; set; }
    }

    private sealed class SmallKey
    {
        [KeyType(250)]
        public byte Key { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Unsigned
    {
        public ulong Key { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
