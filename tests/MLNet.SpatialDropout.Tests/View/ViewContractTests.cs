using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>ML.NET's contracts beside the values: schema, cursors, and who owns which memory.</summary>
[TestClass]
public sealed class ViewContractTests : DropoutTests
{
    private readonly MLContext _mlContext = new(1);

    /// <summary>A caller may keep a row while it reads the next one into another buffer.</summary>
    [TestMethod]
    [DataRow(SourceMemory.FillsTheCallers, 1)]
    [DataRow(SourceMemory.HandsOutItsOwn, 1)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, 1)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, 2)]
    public void A_row_stays_the_callers_while_others_are_read(SourceMemory memory, int copies)
    {
        var source = new VirtualView<float>(20, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat(row + 1f, 12)]), memory);
        IDataView view = MakeView(_mlContext, source, Options with { Copies = copies });
        List<ViewRow<float>> expected = ViewRow<float>.Read(view);

        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var kept = new VBuffer<float>[3];
        for (int row = 0; row < expected.Count; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getter(ref kept[row % 3]);
            for (int back = 0; back < Math.Min(3, row + 1); back++)
                Bits.AreEqual(
                    expected[row - back].Values,
                    kept[(row - back) % 3].GetValues(),
                    $"row {row - back}, kept while row {row} was read:");
        }
    }

    /// <summary>In place: the view drops values in the caller's array and does not replace it.</summary>
    [TestMethod]
    public void Drops_in_the_callers_own_array()
    {
        IDataView view = MakeView(_mlContext, _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(5)), Options);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var array = new float[12];
        var row = new VBuffer<float>(12, array);

        while (cursor.MoveNext())
        {
            getter(ref row);
            array[0] = 12345;
            Assert.AreEqual(12345, row.GetValues()[0]);
        }
    }

    [TestMethod]
    public void Schema_and_shuffling_are_the_sources()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(5));
        Assert.AreSame(data.Schema, MakeView(_mlContext, data, Options).Schema);
        Assert.AreEqual(data.CanShuffle, MakeView(_mlContext, data, Options).CanShuffle);

        var unshuffled = new VirtualView<float>(5, 12, _ => new VBuffer<float>(12, new float[12]));
        Assert.IsFalse(MakeView(_mlContext, unshuffled, Options).CanShuffle);
        Assert.AreEqual(
            25, MakeView(_mlContext, unshuffled, Options with { Copies = 4, KeepOriginal = true }).GetRowCount());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Refuses_inactive_columns_and_wrong_types_with_the_exceptions_of_the_source(int copies)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(3));
        IDataView view = MakeView(_mlContext, data, Options with { Copies = copies });
        using DataViewRowCursor theirs = data.GetRowCursor([data.Schema["Features"]]);
        using DataViewRowCursor ours = view.GetRowCursor([view.Schema["Features"]]);

        Assert.IsTrue(ours.IsColumnActive(view.Schema["Features"]));
        Assert.IsFalse(ours.IsColumnActive(view.Schema["Number"]));
        foreach ((Action<DataViewRowCursor> misuse, string message) in new (Action<DataViewRowCursor>, string)[]
        {
            (cursor => cursor.GetGetter<int>(view.Schema["Number"]), "Column 'Number' is not active"),
            (cursor => cursor.GetGetter<VBuffer<double>>(view.Schema["Features"]), "column 'Features'"),
            (cursor => cursor.GetGetter<float>(view.Schema["Features"]), "column 'Features'"),
        })
        {
            Exception expected = Assert.Throws<Exception>(() => misuse(theirs));
            Exception actual = Assert.Throws<Exception>(() => misuse(ours));
            Assert.AreEqual(expected.GetType(), actual.GetType());
            Assert.Contains(message, actual.Message);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_cursor_stands_on_no_row_before_the_first_and_after_the_last(int copies)
    {
        var source = new VirtualView<float>(2, 12, _ => new VBuffer<float>(12, new float[12]));
        IDataView view = MakeView(_mlContext, source, Options with { Copies = copies });
        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
        {
            var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
            var number = cursor.GetGetter<long>(view.Schema["Number"]);
            VBuffer<float> values = default;
            long value = 0;

            Assert.AreEqual(-1, cursor.Position);
            Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values));
            Assert.ThrowsExactly<InvalidOperationException>(() => number(ref value));
            for (int row = 0; row < 2 * copies; row++)
            {
                Assert.IsTrue(cursor.MoveNext());
                Assert.AreEqual(row, cursor.Position);
                getter(ref values);
                number(ref value);
                Assert.AreEqual(row / copies, value);
            }

            Assert.IsFalse(cursor.MoveNext());
            Assert.IsFalse(cursor.MoveNext());
            Assert.AreEqual(-1, cursor.Position);
            Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values));
            Assert.ThrowsExactly<InvalidOperationException>(() => number(ref value));
        }

        Assert.AreEqual(source.CursorsMade, source.CursorsDisposed);
        Assert.AreEqual(2, source.NumbersRead, "each input row is read once");
    }

    [TestMethod]
    public void A_disposed_cursor_stands_on_no_row()
    {
        IDataView view = MakeView(
            _mlContext, new VirtualView<float>(2, 12, _ => new VBuffer<float>(12, new float[12])), Options with { Copies = 3 });
        DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.IsTrue(cursor.MoveNext());

        cursor.Dispose();

        Assert.AreEqual(-1, cursor.Position);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_disposed_cursor_moves_no_more_as_MLNets_own(int copies)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(3));
        foreach (IDataView view in new[] { data, MakeView(_mlContext, data, Options with { Copies = copies }) })
        {
            DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
            Assert.IsTrue(cursor.MoveNext());
            cursor.Dispose();
            cursor.Dispose();
            Assert.IsFalse(cursor.MoveNext());
            Assert.AreEqual(-1, cursor.Position);
        }
    }

    [TestMethod]
    public void What_is_done_to_a_copy_is_not_seen_in_the_next()
    {
        var source = new VirtualView<float>(1, 12, _ => new VBuffer<float>(12, [.. Enumerable.Repeat(1f, 12)]));
        IDataView doubled = _mlContext.Transforms.CopyColumns("Other", "Features").Fit(source).Transform(source);
        IDataView view = MakeView(_mlContext, doubled, Options with { Copies = 3, Rate = 0 });
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var other = cursor.GetGetter<VBuffer<float>>(view.Schema["Other"]);

        while (cursor.MoveNext())
        {
            VBuffer<float> row = default;
            other(ref row);
            Bits.AreEqual([.. Enumerable.Repeat(1f, 12)], row.GetValues());
            VBufferEditor.CreateFromBuffer(ref row).Values.Fill(99);
        }
    }

    // A view over a view draws its masks from the row IDs of the first, so another ID would be another mask.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_ID_of_an_output_row_is_the_sources_combined_with_its_number(bool keepOriginal)
    {
        var source = new VirtualView<float>(4, 12, _ => new VBuffer<float>(12, new float[12]))
        {
            Id = row => new DataViewRowId((ulong)row * 3, (ulong)row << 40),
        };
        IDataView view = MakeView(_mlContext, source, Options with { Copies = 3, KeepOriginal = keepOriginal });

        List<ViewRow<float>> rows = ViewRow<float>.Read(view);

        // The first output of a row has number 0, whether original or copy.
        int perInput = keepOriginal ? 4 : 3;
        Assert.HasCount(4 * perInput, rows);
        for (int i = 0; i < rows.Count; i++)
            Assert.AreEqual(
                source.Id(i / perInput).Combine(new DataViewRowId((ulong)(i % perInput), 0)), rows[i].Id, $"output {i}");
    }

    /// <summary>The values of ML.NET 5.0.1. If its Combine changes, masks of a view over a view change.</summary>
    [TestMethod]
    public void The_IDs_of_output_rows_stay_what_they_are()
    {
        var source = new VirtualView<float>(1, 12, _ => new VBuffer<float>(12, new float[12]))
        {
            Id = _ => new DataViewRowId(7, 9),
        };

        List<ViewRow<float>> rows = ViewRow<float>.Read(MakeView(_mlContext, source, Options with { Copies = 3 }));

        DataViewRowId[] expected =
        [
            new(0xd1c998c2fd881df0, 0x0caaf03f360676f0),
            new(0x04cd657a079e9e7e, 0x9e0a1d43b1d51504),
            new(0x05a9358513bac94e, 0xdfc72c8761745e73),
        ];
        CollectionAssert.AreEqual(expected, rows.ConvertAll(row => row.Id));
    }

    [TestMethod]
    public void A_row_count_beyond_counting_is_unknown()
    {
        IDataView view = new VirtualView<float>(1L << 40, 12, _ => default);
        Assert.AreEqual(1L << 41, MakeView(_mlContext, view, Options with { Copies = 2 }).GetRowCount());
        Assert.IsNull(MakeView(_mlContext, view, Options with { Copies = int.MaxValue }).GetRowCount());
    }

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 21,
    };
}
