using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class LargeAndOddTests
{
    private static readonly SpatialDropoutOptions Options = new() { OutputColumnName = "Features", Channels = 1, Seed = 5 };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void A_column_of_one_element() => EqualsTheReference(Options, length: 1);

    [TestMethod]
    public void A_column_of_one_channel() => EqualsTheReference(Options, length: 100);

    [TestMethod]
    [DataRow(5, ChannelLayout.TimeByChannel)]
    [DataRow(5, ChannelLayout.ChannelByTime)]
    [DataRow(10_000_000, ChannelLayout.TimeByChannel)]
    public void A_column_of_ten_million_elements(int channels, ChannelLayout layout) =>
        EqualsTheReference(Options with { Channels = channels, Layout = layout }, length: 10_000_000, rows: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_view_of_no_rows(int copies)
    {
        IDataView view = _mlContext.Data.SpatialDropout(
            new VirtualView<float>(0, 4, _ => throw new InvalidOperationException("no row to read")),
            Options with { Copies = copies });

        Assert.AreEqual(0, view.GetRowCount());
        Assert.IsEmpty(ViewRow<float>.Read(view));
    }

    [TestMethod]
    public void A_billion_rows_of_which_the_first_the_last_and_some_between_are_read()
    {
        const long Rows = 1_000_000_000;
        SpatialDropoutOptions options = Options with { Channels = 3, Copies = 2 };
        var source = new VirtualView<float>(Rows, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(source, options);
        Assert.AreEqual(2 * Rows, view.GetRowCount());

        // The parts of a cursor set begin all over the view; the last part is short enough to be read to its end.
        const int Parts = 20_000;
        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["Features"]], Parts);
        var random = new Random(1);
        int[] parts = [0, .. Enumerable.Range(0, 20).Select(_ => random.Next(1, Parts - 1)).Distinct()];
        foreach (int part in parts)
            AssertRow(cursors[part], options, Rows * part / Parts);

        DataViewRowCursor last = cursors[^1];
        for (long row = 0; row < 2 * (Rows / Parts) - 2; row++)
            last.MoveNext();
        AssertRow(last, options, Rows - 1);
        Assert.IsTrue(last.MoveNext(), "the last row's second copy");
        Assert.IsFalse(last.MoveNext());
        Assert.AreEqual(parts.Length + 1, source.ValuesRead, "no other row is read");
    }

    private static void AssertRow(DataViewRowCursor cursor, SpatialDropoutOptions options, long row)
    {
        Assert.IsTrue(cursor.MoveNext());
        VBuffer<float> values = default;
        cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"])(ref values);
        float[] source = [.. Enumerable.Repeat((float)row, 12)];
        Bits.AreEqual(ReferenceDropout.Apply<float>(options, new RowKey((ulong)row), source), values.GetValues(), $"row {row}:");
    }

    private void EqualsTheReference(SpatialDropoutOptions options, int length, int rows = 50)
    {
        float[] source = [.. Enumerable.Range(0, length).Select(i => (i % 1000) + 1f)];
        IDataView view = _mlContext.Data.SpatialDropout(
            new VirtualView<float>(rows, length, _ => new VBuffer<float>(length, source)), options);

        foreach (ViewRow<float> row in ViewRow<float>.Read(view))
            Bits.AreEqual<float>(ReferenceDropout.Apply<float>(options, row.Id, source), row.Values);
    }
}
