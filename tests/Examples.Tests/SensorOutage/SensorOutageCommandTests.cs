using System.Reflection;
using Examples;
using Examples.Tests;
using Microsoft.ML;
using Spectre.Console;

namespace SensorOutage.Tests;

[TestClass]
public sealed class SensorOutageCommandTests : CommandTests
{
    [TestMethod]
    public void Prints_help_that_names_every_option()
    {
        Assert.AreEqual(0, Invoke("--help"));
        string[] options = ["--train", "--test", "--rate", "--copies", "--seed", "--groups", "--trainers", "--output", "--help"];
        foreach (string option in options)
            StringAssert.Contains(Output.ToString(), option, StringComparison.Ordinal);
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    [DataRow("--rate 1.1", "--rate is '1.1', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--rate NaN", "--rate is 'NaN', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--rate 0,3", "--rate is '0,3', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--copies 0", "--copies is '0', but must be a whole number of at least 1.")]
    [DataRow("--copies many", "--copies is 'many', but must be a whole number of at least 1.")]
    [DataRow("--seed 1.5", "--seed is '1.5', but must be a whole number of 32 bits.")]
    [DataRow("--groups 6", "--groups is '6', but must be two or more sizes of at least 1, separated by commas, such as 3,3.")]
    [DataRow("--groups 0,6", "--groups is '0,6', but must be two or more sizes of at least 1, separated by commas, such as 3,3.")]
    [DataRow("--groups 3,x", "--groups is '3,x', but must be two or more sizes of at least 1, separated by commas, such as 3,3.")]
    [DataRow("--groups 3,4", "--groups is '3,4', but must add up to 6, the number of channels of a recording.")]
    [DataRow(
        "--groups 2147483647,2147483647",
        "--groups is '2147483647,2147483647', but must add up to 6, the number of channels of a recording.")]
    [DataRow("--trainers sdca,2", "--trainers is 'sdca,2', but must be one or more of lightgbm,sdca,lbfgs, separated by commas.")]
    [DataRow("--train a.ts", "--train is given without --test: give both files, or neither for generated recordings.")]
    [DataRow("--test a.ts", "--test is given without --train: give both files, or neither for generated recordings.")]
    public void Refuses_a_bad_option_in_one_line(string line, string message) =>
        AssertRefused(message, line.Split(' '));

    [TestMethod]
    [DataRow("--bogus")]
    [DataRow("--rate")]
    public void Refuses_what_it_does_not_understand(string argument)
    {
        Assert.AreEqual(2, Invoke(argument));
        StringAssert.Contains(Error.ToString(), argument, StringComparison.Ordinal);
    }

    [TestMethod]
    public void Refuses_a_bad_file_in_one_line()
    {
        string train = Folder.Write("train.ts", "@classLabel true A B\n@data\n1:oops:A\n");
        Assert.AreEqual(2, Invoke("--train", train, "--test", train));
        Assert.AreEqual($"{train}, line 3: 'oops' in dimension 2 is not a finite number", Error.ToString().TrimEnd());
    }

    [TestMethod]
    public void Prints_a_table_and_writes_a_picture_for_files()
    {
        string train = Folder.Write("train.ts", TwoClasses("Tiny/Problem", recordings: 40));
        string test = Folder.Write("test.ts", TwoClasses("Tiny/Problem", recordings: 20));
        string output = Folder.PathOf("new/folder");

        Assert.AreEqual(
            0, Invoke("--train", train, "--test", test, "--output", output, "--trainers", "SDCA,lbfgs", "--rate", "0.5"));

        string text = Output.ToString();
        Assert.Contains("Tiny/Problem: 40 recordings to train, 20 to test, 2 channels x 3 steps", text);
        StringAssert.Contains(text, "rate 0.5, each recording + 4 copies, seed 1", StringComparison.Ordinal);
        Assert.HasCount(3, text.Split('\n').Where(line => line.StartsWith("| SDCA ", StringComparison.Ordinal)));
        Assert.HasCount(3, text.Split('\n').Where(line => line.StartsWith("| L-BFGS ", StringComparison.Ordinal)));
        Assert.DoesNotContain("LightGBM", text);
        Assert.IsTrue(text.Split('\n').Where(line => line.StartsWith('|')).All(line => line.Length <= ReportTable.Width));

        string picture = Path.Combine(output, "Tiny-Problem.png");
        AssertPicture(picture);
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    public void Prints_a_row_for_each_chip()
    {
        Assert.AreEqual(0, Invoke("--groups", "3, 2,1", "--trainers", "lbfgs", "--output", Folder.FullName));

        string[] lines = Output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("Chips that fail as a whole: acc-x to acc-z; gyr-x to gyr-y; gyr-z", lines);
        string[] rows = [.. lines.SkipWhile(line => line != "Accuracy when a single chip is lost:")
            .Where(line => line.StartsWith("| L-BFGS ", StringComparison.Ordinal))];
        Assert.HasCount(3, rows);
        Assert.StartsWith("| L-BFGS  | acc-x to acc-z | ", rows[0]);
        Assert.StartsWith("| L-BFGS  | gyr-x to gyr-y | ", rows[1]);
        Assert.StartsWith("| L-BFGS  | gyr-z          | ", rows[2]);
        Assert.Contains("L-BFGS: without acc-x to acc-z, accuracy goes from ", Output.ToString());
        Assert.IsTrue(lines.Where(line => line.StartsWith('|')).All(line => line.Length <= ReportTable.Width));
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    public void Says_nothing_of_chips_without_groups()
    {
        Assert.AreEqual(0, Invoke("--trainers", "lbfgs", "--output", Folder.FullName));
        Assert.DoesNotContain("chip", Output.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public void Prints_no_escape_codes_when_redirected()
    {
        Assert.AreEqual(0, Invoke("--trainers", "lbfgs", "--output", Folder.FullName));
        StringAssert.Contains(Output.ToString(), "[1/1] L-BFGS: training", StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Output.ToString());
    }

    [TestMethod]
    public void Goes_on_without_a_trainer_whose_native_library_is_missing()
    {
        Assert.AreEqual(0, Invoke(WithoutLightGbm, "--trainers", "lightgbm,lbfgs", "--output", Folder.FullName));
        Assert.AreEqual(NativeLibrary.Explain(TrainerKind.LightGbm), Error.ToString().TrimEnd());
        StringAssert.Contains(Output.ToString(), "| L-BFGS ", StringComparison.Ordinal);
        Assert.DoesNotContain("| LightGBM ", Output.ToString());
    }

    [TestMethod]
    public void Fails_when_no_trainer_is_left()
    {
        Assert.AreEqual(1, Invoke(WithoutLightGbm, "--trainers", "lightgbm", "--output", Folder.FullName));
        StringAssert.Contains(Error.ToString(), "No trainer is left", StringComparison.Ordinal);
    }

    private static IEstimator<ITransformer> WithoutLightGbm(MLContext mlContext, TrainerKind kind, int seed) =>
        kind == TrainerKind.LightGbm
            ? throw new TargetInvocationException(new DllNotFoundException("lib_lightgbm"))
            : TrainerCatalog.Create(mlContext, kind, seed);

    private static string TwoClasses(string name, int recordings) =>
        $"@problemName {name}\n@classLabel true up down\n@data\n"
        + string.Concat(Enumerable.Range(0, recordings).Select(index =>
            index % 2 == 0 ? $"1,2,{index}:2,3,4:up\n" : $"-1,-2,-{index}:-2,-3:down\n"));

    protected override int Invoke(params string[] args) => Invoke(TrainerCatalog.Create, args);

    private int Invoke(TrainerFactory createTrainer, params string[] args)
    {
        IAnsiConsole console = Console;
        return new SensorOutageCommand(console, Error, createTrainer).Invoke(args);
    }
}
