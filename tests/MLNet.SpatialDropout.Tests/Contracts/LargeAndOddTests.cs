using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class LargeAndOddTests : DropoutTests
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = 1,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 5,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void A_column_of_one_element() => EqualsTheReference(Options, length: 1);

    [TestMethod]
    public void A_column_of_one_channel() => EqualsTheReference(Options, length: 100);

    [TestMethod]
    [DataRow(5, ChannelLayout.ChannelsLast)]
    [DataRow(5, ChannelLayout.ChannelsFirst)]
    [DataRow(10_000_000, ChannelLayout.ChannelsLast)]
    public void A_column_of_ten_million_elements(int channels, ChannelLayout layout) =>
        EqualsTheReference(Options with { Channels = channels, Layout = layout }, length: 10_000_000, rows: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_view_of_no_rows(int copies)
    {
        IDataView view = MakeView(
            _mlContext,
            new VirtualView<float>(0, 4, _ => throw new InvalidOperationException("no row to read")),
            Options with { Copies = copies });

        Assert.AreEqual(0, view.GetRowCount());
        Assert.IsEmpty(ViewRow<float>.Read(view));
    }

    private void EqualsTheReference(SpatialDropoutOptions options, int length, int rows = 50)
    {
        float[] source = [.. Enumerable.Range(0, length).Select(i => (i % 1000) + 1f)];
        IDataView view = MakeView(
            _mlContext, new VirtualView<float>(rows, length, _ => new VBuffer<float>(length, source)), options);

        foreach (ViewRow<float> row in ViewRow<float>.Read(view))
            Bits.AreEqual<float>(ReferenceDropout.Apply<float>(options, row.Id.ToMaskKey(), source), row.Values);
    }
}
