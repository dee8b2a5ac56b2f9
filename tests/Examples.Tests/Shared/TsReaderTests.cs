using System.Globalization;
using CsCheck;

namespace Examples.Tests;

[TestClass]
public sealed class TsReaderTests
{
    private const string Labels = "@classLabel true A B\n@data\n";
    private const string Header = $"@problemName Tiny\n{Labels}";

    private static readonly string[] HeaderLines =
    [
        "@problemName Loud", "@timeStamps false", "@missing false", "@univariate false", "@dimensions 2", "@equalLength true",
        "@seriesLength 1", "@targetLabel false", "@classLabel true A B", "@unknown x y", "% a comment", "# another", "",
    ];

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
    public void Reads_a_header_in_any_order_and_case() =>
        Gen.Shuffle(HeaderLines)
            .Select(Gen.Bool)
            .Sample((lines, isLower) =>
            {
                string header = string.Join('\n', lines.Append("@data"));
                header = isLower ? header.ToLowerInvariant() : header.ToUpperInvariant();
                TsFile file = Read($"{header}\n1:2:{(isLower ? 'a' : 'A')}\n");
                return file is { Channels: 2, IsRegression: false, Recordings: [{ Target: null }] }
                    && file.ProblemName.Equals("Loud", StringComparison.OrdinalIgnoreCase);
            }, iter: 100);

    [TestMethod]
    [DataRow("#")]
    [DataRow("%")]
    [DataRow("%# ")]
    [DataRow("#%@data ")]
    [DataRow("  % ")]
    public void Skips_comments_and_empty_lines_anywhere(string start)
    {
        string comment = $"\n{start}1:2:A\n\n";
        TsFile file = Read($"{comment}@classLabel true A{comment}@data{comment}3:A{comment}4:A{comment}");
        Assert.HasCount(2, file.Recordings);
        CollectionAssert.AreEqual(new float[] { 3 }, file.Recordings[0].Channels[0]);
        CollectionAssert.AreEqual(new float[] { 4 }, file.Recordings[1].Channels[0]);
        Assert.AreEqual(10, file.Recordings[0].Line);
    }

    [TestMethod]
    public void Takes_the_last_of_two_names() =>
        Assert.AreEqual("Second", Read($"@problemName First\n@problemName Second\n{Labels}1:A\n").ProblemName);

    [TestMethod]
    [DataRow("@classLabel true A B")]
    [DataRow("@classLabel true A,B")]
    [DataRow("@classLabel\ttrue  A ,  B , ")]
    [DataRow("@CLASSLABEL True B A A")]
    [DataRow("@classLabel true A B\n@classLabel TRUE B,A")]
    [DataRow("@targetLabel false\n@classLabel true A B")]
    public void Reads_class_labels_however_they_are_separated(string header)
    {
        TsFile file = Read($"{header}\n@data\n1:A \n2: B\n");
        CollectionAssert.AreEqual(new[] { "A", "B" }, file.Recordings.Select(recording => recording.Label).ToArray());
        Assert.IsFalse(file.IsRegression);
        Assert.IsTrue(file.Recordings.All(recording => recording.Target is null));
        Assert.AreSame(file, file.RequireClasses());
    }

    [TestMethod]
    public void Keeps_quotes_of_class_labels_as_the_readers_of_the_archive_do() =>
        Assert.AreEqual("'A'", Read("@classLabel true 'A' 'B'\n@data\n1:'A'\n").Recordings[0].Label);

    [TestMethod]
    public void Gives_classes_that_are_numbers_no_target() =>
        Assert.IsNull(Read("@classLabel true 1 2\n@data\n5:1\n").Recordings[0].Target);

    [TestMethod]
    [DataRow("@targetLabel true")]
    [DataRow("@TARGETLABEL True \n@univariate false")]
    [DataRow("@targetlabel true\n@classLabel false")]
    [DataRow("@classLabel false\n@targetlabel true")]
    public void Reads_numbers_to_predict(string header)
    {
        TsFile file = Read($"{header}\n@data\n1,2:3,4:-0.25\n5,6:7,8:?\n5,6:7,8: 3e2 \n5,6:7,8:NaN\n");
        Assert.IsTrue(file.IsRegression);
        CollectionAssert.AreEqual(
            new float?[] { -0.25f, null, 300, null }, file.Recordings.Select(recording => recording.Target).ToArray());
        CollectionAssert.AreEqual(
            new[] { "-0.25", "?", "3e2", "NaN" }, file.Recordings.Select(recording => recording.Label).ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 3, 2, 4 }, file.Recordings[0].ToFeatures(2));
    }

    [TestMethod]
    public void Reads_back_every_target_that_was_written() =>
        Gen.Float.Where(float.IsFinite).Sample(target =>
            Read($"@targetLabel true\n@data\n1:{target.ToString("R", CultureInfo.InvariantCulture)}\n").Recordings[0].Target
                == target,
            iter: 200);

    [TestMethod]
    public void Refuses_a_regression_file_where_classes_are_needed()
    {
        TsFile file = Read("# a comment\n@classLabel false\n@targetLabel true\n@data\n1:2\n");
        TsFormatException refusal = Assert.ThrowsExactly<TsFormatException>(file.RequireClasses);
        Assert.AreEqual(
            $"{file.Path}, line 3: is a regression problem (@targetLabel true); class labels are needed"
            + " (@classLabel true A B ...)",
            refusal.Message);
    }

    [TestMethod]
    public void Reads_missing_values_whatever_the_header_says()
    {
        foreach (string header in (string[])["", "@missing false\n", "@missing true\n"])
            CollectionAssert.AreEqual(new float[] { 1, 1 }, Read($"{header}{Labels}1,?:A\n").Recordings[0].Channels[0]);
    }

    [TestMethod]
    public void Reads_dimensions_however_they_are_declared()
    {
        foreach (string header in (string[])["", "@univariate true\n", "@univariate true\n@dimension 1\n", "@univariate false\n"])
            Assert.AreEqual(1, Read($"{header}{Labels}1:A\n").Channels);
        foreach (string header in (string[])["", "@univariate false\n", "@dimension 2\n@dimensions 2\n"])
            Assert.AreEqual(2, Read($"{header}{Labels}1:2:A\n").Channels);
    }

    [TestMethod]
    public void Ignores_the_series_length_as_the_readers_of_the_archive_do() =>
        Assert.AreEqual(2, Read($"@equalLength true\n@seriesLength 7\n{Labels}1,2:A\n3,4:A\n").Steps);

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
    [DataRow("1:2:", 4, "label '' is not one")]
    [DataRow("1:2:'A'", 4, "label ''A'' is not one")]
    [DataRow("1:2:?", 4, "label '?' is not one")]
    [DataRow("1:A\n1:2:A", 5, "has 2 dimensions, but 1 were expected (line 4)")]
    [DataRow("(0,1),(1,2):A", 4, "has time stamps, (t,v)")]
    [DataRow("1:2:A\n@missing true", 5, "'@missing true' comes after @data")]
    public void Refuses_a_recording_with_its_line_and_reason(string data, int line, string reason) =>
        AssertRefused($"{Header}{data}\n", line, reason);

    [TestMethod]
    [DataRow("", null, "is empty")]
    [DataRow("@classLabel true A\n", null, "has no @data")]
    [DataRow("@classLabel true A\n@data\n# nothing\n", null, "has no recordings after @data")]
    [DataRow("@problemName X\n1,2:A\n", 2, "a recording before @data")]
    [DataRow("@timeStamps true\n", 1, "has time stamps")]
    [DataRow("% a comment\n@TimeStamps TRUE\n", 2, "has time stamps")]
    [DataRow("% a comment\nno comment\n", 2, "a header line without @, # or %")]
    [DataRow("@classLabel true\n", 1, "must be '@classLabel true A B ...', with all classes, or '@classLabel false'")]
    [DataRow("@classLabel true ,\n", 1, "'@classLabel true ,' must be '@classLabel true A B ...'")]
    [DataRow("@classLabel\n", 1, "'@classLabel' must be '@classLabel true A B ...'")]
    [DataRow("@classLabel A B\n", 1, "'@classLabel A B' must be '@classLabel true A B ...'")]
    [DataRow("@classLabel true A B\n@classLabel true A\n", 2, "'@classLabel true A' contradicts line 1")]
    [DataRow("@classLabel false\n@classLabel true A\n", 2, "'@classLabel true A' contradicts line 1")]
    [DataRow("@classLabel false\n@data\n1:A\n", 1, "has no labels (@classLabel false); class labels (@classLabel true A B ...)")]
    [DataRow("@classLabel false A B\n@data\n1:A\n", 1, "has no labels (@classLabel false)")]
    [DataRow("@targetLabel false\n@classLabel false\n@data\n1:A\n", 2, "has no labels (@classLabel false)")]
    [DataRow("@problemName X\n@data\n1:A\n", 2, "@data comes before any @classLabel; class labels (@classLabel true A B ...)")]
    [DataRow("@targetLabel false\n@data\n1:A\n", 2, "@data comes before any @classLabel")]
    [DataRow("@targetLabel true\n@classLabel true 0 1\n@data\n1:0\n", 2, "has both @classLabel true and @targetLabel true")]
    [DataRow("@classLabel true 0 1\n\n@targetLabel true\n@data\n1:0\n", 3, "has both @classLabel true and @targetLabel true")]
    [DataRow("@targetLabel true\n@data\n1:0\n1:fast\n", 4, "target 'fast' is not a finite number, or '?' for a missing one")]
    [DataRow("@targetLabel true\n@data\n1:\n", 3, "target '' is not a finite number")]
    [DataRow("@targetLabel true\n@data\n1:1,5\n", 3, "target '1,5' is not a finite number")]
    [DataRow("@targetLabel true\n@data\n1:inf\n", 3, "target 'inf' is not a finite number")]
    [DataRow("@targetLabel true\n@data\n1:1e99\n", 3, "target '1e99' is not a finite number")]
    [DataRow("@targetLabel true speed\n", 1, "'@targetLabel true speed' must be '@targetLabel true' or '@targetLabel false'")]
    [DataRow("@timeStamps\n", 1, "'@timeStamps' must be '@timeStamps true' or '@timeStamps false'")]
    [DataRow("@Missing no\n", 1, "'@Missing no' must be '@Missing true' or '@Missing false'")]
    [DataRow("@univariate 1\n", 1, "'@univariate 1' must be")]
    [DataRow("@equalLength\n", 1, "'@equalLength' must be")]
    [DataRow("@missing true\n\n@MISSING false\n", 3, "'@MISSING false' contradicts line 1")]
    [DataRow("@data now\n", 1, "'@data now' must be @data alone")]
    [DataRow("@univariate true\n@dimensions 3\n", 2, "has 3 dimensions, but 1 were expected (line 1)")]
    [DataRow("@dimensions 3\n@univariate true\n", 2, "has 1 dimensions, but 3 were expected (line 1)")]
    [DataRow("@dimensions 3\n@dimension 2\n", 2, "has 2 dimensions, but 3 were expected (line 1)")]
    [DataRow("@univariate true\n@classLabel true A\n@data\n1:2:A\n", 4, "has 2 dimensions, but 1 were expected (line 1)")]
    [DataRow("@dimensions two\n", 1, "must give one number of dimensions")]
    [DataRow("@dimensions 0\n", 1, "must give one number of dimensions")]
    [DataRow("@dimensions 3\n@classLabel true A\n@data\n1:2:A\n", 4, "has 2 dimensions, but 3 were expected")]
    public void Refuses_a_file_with_its_line_and_reason(string text, int? line, string reason) =>
        AssertRefused(text, line, reason);

    [TestMethod]
    public void Refuses_another_length_after_the_header_promised_equal_ones()
    {
        const string Equal = "@equalLength true\n@classLabel true A\n@data\n";
        AssertRefused(
            $"{Equal}1,2:3,4:A\n1,2:3:A\n",
            5,
            "has 1 values in dimension 2, but 2 were expected, as in line 4 (line 1: @equalLength true)");
        AssertRefused($"{Equal}1,2:3,4,5:A\n", 4, "has 3 values in dimension 2, but 2 were expected");
        Assert.AreEqual(3, Read($"@equalLength false\n{Labels}1,2:3,4,5:A\n").Steps);
    }

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

    [TestMethod]
    [DataRow("BasicMotions_TRAIN.ts", 40, 6, 100, 4)]
    [DataRow("BasicMotions_TEST.ts", 40, 6, 100, 4)]
    [DataRow("RacketSports_TRAIN.ts", 151, 6, 30, 4)]
    [DataRow("RacketSports_TEST.ts", 152, 6, 30, 4)]
    [DataRow("Epilepsy_TRAIN.ts", 137, 3, 206, 4)]
    [DataRow("Epilepsy_TEST.ts", 138, 3, 206, 4)]
    public void Reads_files_of_the_archive(string name, int recordings, int channels, int steps, int classes)
    {
        string? folder = SharedData.Find();
        if (folder is null)
            Assert.Inconclusive($"There is no folder shared/data beside the repository, so no {name} to read.");

        TsFile file = TsReader.Read(Path.Combine(folder, name));
        Assert.AreEqual(name[..name.IndexOf('_', StringComparison.Ordinal)], file.ProblemName);
        Assert.HasCount(recordings, file.Recordings);
        Assert.AreEqual(channels, file.Channels);
        Assert.IsTrue(file.Recordings.All(recording => recording.Channels.All(series => series.Length == steps)));
        Assert.HasCount(classes, file.Recordings.DistinctBy(recording => recording.Label));
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
