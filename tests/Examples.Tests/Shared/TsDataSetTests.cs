namespace Examples.Tests;

[TestClass]
public sealed class TsDataSetTests
{
    private const string Header = "@problemName Tiny\n@classLabel true A B C\n@data\n";

    [TestMethod]
    public void Pads_to_the_longest_of_both_files()
    {
        DataSet data = Read("1:2:A\n3:4:B\n", "5,6,7:8,9:A\n");

        Assert.AreEqual("Tiny", data.Name);
        Assert.AreEqual(3, data.Train.Steps);
        Assert.AreEqual(3, data.Test.Steps);
        CollectionAssert.AreEqual(new float[] { 1, 2, 0, 0, 0, 0 }, data.Train.Recordings[0].Features);
        CollectionAssert.AreEqual(new float[] { 5, 8, 6, 9, 7, 0 }, data.Test.Recordings[0].Features);
        CollectionAssert.AreEqual(new[] { "channel 1", "channel 2" }, data.Test.ChannelNames.ToArray());
    }

    [TestMethod]
    [DataRow("1:2:A\n1:2:B\n", "1:2:3:A\n", "test.ts: has 3 dimensions, but the training file has 2")]
    [DataRow("1:2:A\n1:2:B\n", "1:2:A\n1:2:C\n", "test.ts, line 5: label 'C' has no recording in the training file")]
    [DataRow("1:2:A\n1:2:A\n", "1:2:A\n", "train.ts: has recordings of one class only (A)")]
    [DataRow("1:A\n1:B\n", "1:A\n", "train.ts: has a single dimension")]
    public void Refuses_files_that_do_not_fit_together(string train, string test, string message)
    {
        TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(() => Read(train, test));
        StringAssert.Contains(refusal.Message, message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void Refuses_regression_files()
    {
        using var folder = new TemporaryFolder();
        string classes = folder.Write("classes.ts", $"{Header}1:2:A\n1:2:B\n");
        string numbers = folder.Write("numbers.ts", "@problemName Tiny\n@targetLabel true\n@data\n1:2:0\n1:2:1\n");
        foreach ((string train, string test) in (ReadOnlySpan<(string, string)>)[(numbers, classes), (classes, numbers)])
        {
            TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(() => TsDataSet.Read(train, test));
            StringAssert.StartsWith(
                refusal.Message, $"{numbers}, line 2: is a regression problem (@targetLabel true)", StringComparison.Ordinal);
        }
    }

    private static DataSet Read(string train, string test)
    {
        using var folder = new TemporaryFolder();
        return TsDataSet.Read(folder.Write("train.ts", Header + train), folder.Write("test.ts", Header + test));
    }
}
