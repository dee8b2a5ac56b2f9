using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MLNet.SpatialDropout;

namespace ArrowWorker.Tests;

/// <summary>Streams through the worker, against the plan.</summary>
[TestClass]
public sealed class ArrowWorkerTests
{
    private const int Length = 12;

    private static readonly DropoutOptions Options = new() { Channels = 3, Rate = 0.5, Seed = 7 };

    [TestMethod]
    [DataRow("fixed")]
    [DataRow("list")]
    [DataRow("large")]
    public void Rows_are_those_of_the_plan_for_every_kind_of_list(string kind)
    {
        float[][] rows = Rows(20);
        string[] keys = Keys(20);

        RecordBatch[] batches = Run(
            new WorkerSettings { Options = Options, Column = "rows", KeyColumn = "key", Copies = 2, KeepOriginal = true },
            Batch(Lists(kind, rows), Texts(keys)));

        Assert.HasCount(3, batches);
        AssertRows(rows, batches[0]);
        AssertRows(Expected(Options, rows, keys, copy: 0), batches[1]);
        AssertRows(Expected(Options, rows, keys, copy: 1), batches[2]);
        foreach (RecordBatch batch in batches)
            CollectionAssert.AreEqual(keys, Enumerable.Range(0, 20).Select(row => ((StringArray)batch.Column("key")).GetString(row)).ToArray());
    }

    [TestMethod]
    public void Doubles_and_integer_keys_are_taken()
    {
        double[][] rows = [.. Rows(8).Select(row => row.Select(value => (double)value).ToArray())];
        var values = new DoubleArray.Builder().AppendRange(rows.SelectMany(row => row)).Build();
        IArrowArray lists = Build(new FixedSizeListType(DoubleType.Default, Length), rows.Length, [], values);
        IArrowArray keys = new UInt16Array.Builder().AppendRange(Enumerable.Range(0, 8).Select(key => (ushort)(60_000 + key))).Build();

        RecordBatch batch = Run(new WorkerSettings { Options = Options, Column = "rows", KeyColumn = "key" }, Batch(lists, keys)).Single();

        var dropped = (DoubleArray)((FixedSizeListArray)batch.Column("rows")).Values;
        DropoutPlan plan = DropoutPlan.Create(Options, Length);
        for (int row = 0; row < rows.Length; row++)
        {
            var expected = new double[Length];
            plan.Apply(MaskKey.FromInteger(60_000 + row), rows[row], expected);
            CollectionAssert.AreEqual(expected, dropped.Values.Slice(row * Length, Length).ToArray());
        }
    }

    [TestMethod]
    [DataRow("fixed")]
    [DataRow("list")]
    [DataRow("large")]
    public void Slices_and_null_rows_are_passed_on(string kind)
    {
        float[][] rows = Rows(20);
        string[] keys = Keys(20);
        bool[] isNull = [.. Enumerable.Range(0, 20).Select(row => row % 5 == 3)];
        RecordBatch whole = Batch(Lists(kind, rows, isNull), Texts(keys));

        RecordBatch[] batches = Run(
            new WorkerSettings { Options = Options, Column = "rows", KeyColumn = "key" }, whole.Slice(2, 11), whole.Slice(0, 0), whole.Slice(13, 7));

        float[][] expected = Expected(Options, rows, keys, copy: 0);
        CollectionAssert.AreEqual(new[] { 11, 0, 7 }, batches.Select(batch => batch.Length).ToArray());
        AssertRows(Blank(expected[2..13], isNull[2..13]), batches[0]);
        AssertRows(Blank(expected[13..], isNull[13..]), batches[2]);
    }

    [TestMethod]
    public void Null_values_stay_null_where_they_are_kept_and_become_the_fill_where_they_drop()
    {
        float[][] rows = Rows(30);
        string[] keys = Keys(30);
        var values = new FloatArray.Builder();
        foreach ((int i, float value) in rows.SelectMany(row => row).Index())
        {
            if (i % 7 == 0)
                values.AppendNull();
            else
                values.Append(value);
        }

        IArrowArray lists = Build(new FixedSizeListType(FloatType.Default, Length), rows.Length, [], values.Build());
        DropoutOptions filled = Options with { Fill = DropoutFill.Constant(-1) };
        RecordBatch batch = Run(
            new WorkerSettings { Options = filled, Column = "rows", KeyColumn = "key" }, Batch(lists, Texts(keys))).Single();

        float[] expected = [.. Expected(filled, rows, keys, copy: 0).SelectMany(row => row)];
        var dropped = (FloatArray)((FixedSizeListArray)batch.Column("rows")).Values;
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual(i % 7 == 0 && expected[i] != -1 ? null : expected[i], dropped.GetValue(i), $"{i}");
        Assert.IsTrue(Enumerable.Range(0, expected.Length).Any(i => i % 7 == 0 && dropped.GetValue(i) == -1), "a null dropped");
        Assert.IsGreaterThan(0, dropped.NullCount);

        StringAssert.Contains(
            Refused(new WorkerSettings { Options = Options with { Fill = DropoutFill.LastValue }, Column = "rows", KeyColumn = "key" },
                Batch(lists, Texts(keys))),
            "has nulls within its rows, and a stuck channel could repeat one");
    }

    [TestMethod]
    public void A_missing_text_is_the_empty_text_and_all_rows_may_share_a_mask()
    {
        float[][] rows = Rows(2);
        IArrowArray keys = new StringArray.Builder().AppendNull().Append("").Build();
        RecordBatch byKey = Run(new WorkerSettings { Options = Options, Column = "rows", KeyColumn = "key" }, Batch(Lists("list", rows), keys)).Single();
        AssertRows(Expected(Options, rows, ["", ""], copy: 0), byKey);

        DropoutOptions shared = Options with { SharedAcrossRows = true };
        RecordBatch byNone = Run(new WorkerSettings { Options = shared, Column = "rows" }, Batch(Lists("list", rows), keys)).Single();
        AssertRows(Expected(shared, rows, ["any", "other"], copy: 0), byNone);
    }

    [TestMethod]
    public void What_cannot_be_used_is_refused_in_one_line()
    {
        WorkerSettings settings = new() { Options = Options, Column = "rows", KeyColumn = "key" };
        IArrowArray rows = Lists("list", Rows(2)), keys = Texts(Keys(2));

        StringAssert.Contains(Refused(settings with { Column = "x" }, Batch(rows, keys)), "The stream has no column 'x'; it has rows, key.");
        StringAssert.Contains(Refused(settings, Batch(keys, keys)), "Column 'rows' is String, but must be lists of Float or Double.");
        StringAssert.Contains(Refused(settings, Batch(rows, rows)), "Column 'key' is List, but must be texts, integers or booleans");
        StringAssert.Contains(
            Refused(settings, Batch(rows, new Int32Array.Builder().Append(1).AppendNull().Build())), "names the masks, but has nulls");
        StringAssert.Contains(
            Refused(settings, Batch(rows, keys), Batch(Lists("list", [new float[9], new float[9]]), keys)),
            "Row 0 of a batch has 9 values in column 'rows', but must have 12, as the first row has.");
        StringAssert.Contains(Refused(settings with { Options = Options with { Seed = null } }, Batch(rows, keys)), "Seed");
    }

    [TestMethod]
    [DataRow("--options {} --column rows", "--key is missing: a worker cannot know the numbers of its rows.")]
    [DataRow("--options {\"Channels\":3,\"Typo\":1} --column rows --key key", "--options cannot be read: The JSON property 'Typo'")]
    [DataRow("--options {\"Channels\":3,\"Seed\":1} --column rows --key key --copies 0", "--copies is 0, but must be at least 1")]
    [DataRow("--column rows", "Option '--options' is required.")]
    [DataRow("--options {\"Channels\":3,\"Seed\":1} --column rows --key key", "")]
    public void A_bad_command_line_or_stream_ends_with_exit_code_1_and_one_line(string line, string message)
    {
        var error = new StringWriter();
        int code = new ArrowWorkerCommand(() => new MemoryStream(Encoding.UTF8.GetBytes("no Arrow")), () => new MemoryStream(), TextWriter.Null, error)
            .Invoke(line.Split(' '));

        Assert.AreEqual(1, code);
        StringAssert.StartsWith(error.ToString(), message);
        Assert.HasCount(1, error.ToString().TrimEnd().Split('\n'));
        Assert.IsGreaterThan(5, error.ToString().Length);
    }

    [TestMethod]
    public void The_command_reads_and_writes_streams()
    {
        float[][] rows = Rows(5);
        string[] keys = Keys(5);
        var output = new MemoryStream();
        var error = new StringWriter();
        int code = new ArrowWorkerCommand(() => Stream(Batch(Lists("fixed", rows), Texts(keys))), () => output, TextWriter.Null, error).Invoke(
            ["--options", "{\"Channels\":3,\"Rate\":0.5,\"Seed\":7}", "--column", "rows", "--key", "key", "--copies", "2", "--keep-original"]);

        Assert.AreEqual(0, code, error.ToString());
        RecordBatch[] batches = Read(new MemoryStream(output.ToArray()));
        AssertRows(Expected(Options, rows, keys, copy: 1), batches[2]);
    }

    internal static MemoryStream Stream(params RecordBatch[] batches)
    {
        var stream = new MemoryStream();
        using (var writer = new ArrowStreamWriter(stream, batches[0].Schema, leaveOpen: true))
        {
            writer.WriteStart();
            foreach (RecordBatch batch in batches)
                writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        stream.Position = 0;
        return stream;
    }

    internal static RecordBatch[] Read(Stream stream)
    {
        var batches = new List<RecordBatch>();
        using var reader = new ArrowStreamReader(stream);
        while (reader.ReadNextRecordBatch() is { } batch)
            batches.Add(batch);
        return [.. batches];
    }

    private static RecordBatch[] Run(WorkerSettings settings, params RecordBatch[] batches)
    {
        var output = new MemoryStream();
        new StreamDropout(settings).Run(Stream(batches), output);
        output.Position = 0;
        return Read(output);
    }

    private static string Refused(WorkerSettings settings, params RecordBatch[] batches) =>
        Assert.Throws<Exception>(() => Run(settings, batches)).Message;

    private static float[][] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Length).Select(_ => 1 + random.NextSingle()).ToArray())];
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(row => $"session {row % 13} ä")];

    private static float[][] Expected(DropoutOptions options, float[][] rows, string[] keys, uint copy)
    {
        DropoutPlan plan = DropoutPlan.Create(options, Length);
        return [.. rows.Select((row, i) =>
        {
            var dropped = new float[Length];
            plan.Apply(MaskKey.FromText(keys[i]) with { Copy = copy }, row, dropped);
            return dropped;
        })];
    }

    private static float[]?[] Blank(float[][] rows, bool[] isNull) => [.. rows.Select((row, i) => isNull[i] ? null : row)];

    private static void AssertRows(float[]?[] expected, RecordBatch batch)
    {
        Assert.AreEqual(expected.Length, batch.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            var values = (FloatArray?)(batch.Column("rows") switch
            {
                FixedSizeListArray lists => lists.IsNull(row) ? null : lists.GetSlicedValues(row),
                ListArray lists => lists.GetSlicedValues(row),
                LargeListArray lists => lists.GetSlicedValues(row),
                _ => throw new InvalidOperationException("no list"),
            });
            CollectionAssert.AreEqual(expected[row], values?.Values.ToArray(), $"row {row}");
        }
    }

    private static IArrowArray Lists(string kind, float[][] rows, bool[]? isNull = null)
    {
        isNull ??= new bool[rows.Length];
        int length = rows[0].Length;
        bool isFixed = kind == "fixed";
        FloatArray values = new FloatArray.Builder().AppendRange(rows.Where((_, row) => isFixed || !isNull[row]).SelectMany(row => row)).Build();
        ArrowBuffer validity = new ArrowBuffer.BitmapBuilder().AppendRange(isNull.Select(missing => !missing)).Build();
        int nulls = isNull.Count(missing => missing);
        IEnumerable<int> ends = isNull.Index().Select(row => isNull[..(row.Index + 1)].Count(missing => !missing) * length);
        return kind switch
        {
            "fixed" => Build(new FixedSizeListType(FloatType.Default, length), rows.Length, [], values, validity, nulls),
            "list" => Build(
                new ListType(FloatType.Default), rows.Length, [new ArrowBuffer.Builder<int>().Append(0).AppendRange(ends).Build()], values, validity, nulls),
            _ => Build(
                new LargeListType(FloatType.Default), rows.Length,
                [new ArrowBuffer.Builder<long>().Append(0).AppendRange(ends.Select(end => (long)end)).Build()], values, validity, nulls),
        };
    }

    private static IArrowArray Build(
        IArrowType type, int rows, ArrowBuffer[] offsets, IArrowArray values, ArrowBuffer? validity = null, int nulls = 0) =>
        ArrowArrayFactory.BuildArray(new ArrayData(
            type, rows, nulls, offset: 0, [nulls > 0 ? validity!.Value : ArrowBuffer.Empty, .. offsets], [values.Data]));

    private static StringArray Texts(string[] keys) => new StringArray.Builder().AppendRange(keys).Build();

    private static RecordBatch Batch(IArrowArray rows, IArrowArray keys) => new(
        new Schema([new Field("rows", rows.Data.DataType, nullable: true), new Field("key", keys.Data.DataType, nullable: true)], metadata: null),
        [rows, keys], rows.Length);
}
