using System.Globalization;
using CsCheck;

namespace Examples.Tests;

[TestClass]
public sealed class TsReaderTests
{
    private const string Header = "@problemName Tiny\n@classLabel true A B\n@data\n";

    [TestMethod]
    public void Reads_name_labels_lines_and_values()
    {
        TsFile file = Read(
            "# a comment\n\n@problemName Tiny\n@dimensions 2\n@classLabel true A B\n@data\n"
            + "1,-2.5:3e1,.5:A\n\n 4 , 5 : 6,7 : B \n");

        Assert.AreEqual("Tiny", file.ProblemName);
        Assert.AreEqual(2, file.Channels);
        Assert.AreEqual(2, file.Steps);
        Assert.HasCount(2, file.Recordings);
        Assert.AreEqual("A", file.Recordings[0].Label);
        Assert.AreEqual("B", file.Recordings[1].Label);
        Assert.AreEqual(7, file.Recordings[0].Line);
        Assert.AreEqual(9, file.Recordings[1].Line);
        CollectionAssert.AreEqual(new float[] { 1, 30, -2.5f, 0.5f }, file.Recordings[0].ToFeatures(2));
        CollectionAssert.AreEqual(new float[] { 4, 6, 5, 7 }, file.Recordings[1].ToFeatures(2));
    }

    [TestMethod]
    public void Reads_back_every_float_that_was_written() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 20])
            .SelectMany((channels, steps) => Gen.Float.Where(float.IsFinite).Array[steps].Array[channels])
            .Sample(series =>
            {
                string values = string.Join(':', series.Select(channel =>
                    string.Join(',', channel.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
                IReadOnlyList<float[]> read = Read($"{Header}{values}:A\n").Recordings[0].Channels;
                return read.Count == series.Length && read.Zip(series).All(pair => pair.First.SequenceEqual(pair.Second));
            }, iter: 200);

    [TestMethod]
    public void Reads_keywords_in_any_case()
    {
        TsFile file = Read("@PROBLEMNAME Loud\n@TimeStamps FALSE\n@Dimension 1\n@CLASSLABEL True a\n@DATA\n1,2:a\n");
        Assert.AreEqual("Loud", file.ProblemName);
        Assert.HasCount(1, file.Recordings);
    }

    [TestMethod]
    public void Reads_windows_line_ends() =>
        Assert.HasCount(2, Read(Header.ReplaceLineEndings("\r\n") + "1:A\r\n2:B\r\n").Recordings);

    [TestMethod]
    public void Takes_the_name_of_the_file_where_it_gives_none() =>
        Assert.AreEqual("data", Read("@classLabel true A\n@data\n1:A").ProblemName);

    [TestMethod]
    public void Fills_missing_values_with_the_last_known_one_and_zero_before_it() =>
        CollectionAssert.AreEqual(
            new float[] { 0, 2, 2, 2, 3 }, Read($"{Header}?,2,?,NaN,3:A\n").Recordings[0].Channels[0]);

    [TestMethod]
    public void Reads_unequal_lengths_padded_with_zeros()
    {
        TsFile file = Read($"{Header}1,2,3:4:A\n5:6:B\n");
        Assert.AreEqual(3, file.Steps);
        CollectionAssert.AreEqual(new float[] { 1, 4, 2, 0, 3, 0, 0, 0 }, file.Recordings[0].ToFeatures(4));
        CollectionAssert.AreEqual(new float[] { 5, 6, 0, 0, 0, 0, 0, 0 }, file.Recordings[1].ToFeatures(4));
    }

    [TestMethod]
    [DataRow("1:2:C", 4, "label 'C' is not one that @classLabel declares (A, B)")]
    [DataRow("1:2:a", 4, "label 'a' is not one")]
    [DataRow("1:2:A\n1:A", 5, "has 1 dimensions, but 2 were expected")]
    [DataRow("1:x7:A", 4, "'x7' in dimension 2 is not a finite number")]
    [DataRow("1:,2:A", 4, "'' in dimension 2 is not a finite number")]
    [DataRow("1e99:2:A", 4, "'1e99' in dimension 1 is not a finite number")]
    [DataRow("1,234", 4, "has no ':' between values and label")]
    [DataRow("(0,1),(1,2):A", 4, "has time stamps, (t,v)")]
    public void Refuses_a_recording_with_its_line_and_reason(string data, int line, string reason) =>
        AssertRefused($"{Header}{data}\n", line, reason);

    [TestMethod]
    [DataRow("", null, "is empty")]
    [DataRow("@classLabel true A\n", null, "has no @data")]
    [DataRow("@classLabel true A\n@data\n# nothing\n", null, "has no recordings after @data")]
    [DataRow("@problemName X\n1,2:A\n", 2, "a recording before @data")]
    [DataRow("@timeStamps true\n", 1, "has time stamps")]
    [DataRow("@problemName X\n@targetLabel true\n", 2, "is a regression problem")]
    [DataRow("@classLabel false\n", 1, "declares no classes")]
    [DataRow("@classLabel true\n", 1, "declares no classes")]
    [DataRow("@problemName X\n@data\n1:A\n", 2, "@data comes before any @classLabel")]
    [DataRow("@dimensions two\n", 1, "must give one number of dimensions")]
    [DataRow("@dimensions 0\n", 1, "must give one number of dimensions")]
    [DataRow("@dimensions 3\n@classLabel true A\n@data\n1:2:A\n", 4, "has 2 dimensions, but 3 were expected")]
    public void Refuses_a_file_with_its_line_and_reason(string text, int? line, string reason) =>
        AssertRefused(text, line, reason);

    [TestMethod]
    public void Refuses_a_file_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(() => TsReader.Read(folder.PathOf("none.ts")));
        Assert.AreEqual($"{folder.PathOf("none.ts")}: file not found", refusal.Message);
    }

    [TestMethod]
    public void Refuses_a_folder()
    {
        using var folder = new TemporaryFolder();
        TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(() => TsReader.Read(folder.FullName));
        Assert.AreEqual(folder.FullName, refusal.File);
    }

    private static TsFile Read(string text)
    {
        using var folder = new TemporaryFolder();
        return TsReader.Read(folder.Write("data.ts", text));
    }

    private static void AssertRefused(string text, int? line, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("data.ts", text);
        TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(() => TsReader.Read(path));
        Assert.AreEqual(path, refusal.File);
        Assert.AreEqual(line, refusal.Line);
        StringAssert.Contains(refusal.Reason, reason, StringComparison.Ordinal);
        Assert.AreEqual(line is null ? $"{path}: {refusal.Reason}" : $"{path}, line {line}: {refusal.Reason}", refusal.Message);
    }
}
