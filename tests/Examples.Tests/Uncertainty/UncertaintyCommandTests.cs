using System.Globalization;
using System.Text;
using Examples;
using Examples.Tests;
using Spectre.Console;

namespace Uncertainty.Tests;

[TestClass]
public sealed class UncertaintyCommandTests : CommandTests
{
    [TestMethod]
    [DataRow("--rate 1.5", "--rate is '1.5', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--rate NaN", "--rate is 'NaN', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--passes 1", "--passes is '1', but must be a whole number from 2 to 10000.")]
    [DataRow("--passes 10001", "--passes is '10001', but must be a whole number from 2 to 10000.")]
    [DataRow("--passes many", "--passes is 'many', but must be a whole number from 2 to 10000.")]
    [DataRow("--seed 0.5", "--seed is '0.5', but must be a whole number of 32 bits.")]
    [DataRow("--train a.ts", "--train is given without --test: give both files, or neither for generated recordings.")]
    [DataRow("--test b.ts", "--test is given without --train: give both files, or neither for generated recordings.")]
    [DataRow("--train a.ts --test b.ts", "a.ts: file not found")]
    public void Refuses_what_it_cannot_use_in_one_line(string line, string message) =>
        AssertRefused(message, line.Split(' '));

    [TestMethod]
    public void Generated_recordings_give_tables_and_a_picture()
    {
        Assert.AreEqual(0, Invoke("--passes", "10", "--output", Folder.FullName));
        Assert.AreEqual("", Error.ToString());

        string[][] rows = Rows();
        string[][] accuracies = [.. rows.Where(row => row.Length == 4)];
        CollectionAssert.AreEqual(new[] { "160", "960" }, accuracies.Select(row => row[1]).ToArray());
        foreach (string[] row in accuracies)
            Assert.IsGreaterThan(80, Number(row[2]), $"{row[0]}: four activities, of which guessing gets 25 %");

        foreach ((string name, int count) in new[] { ("clean", 32), ("1 lost", 192) })
        {
            string[][] bins = [.. rows.Where(row => row.Length == 6 && row[0] == name)];
            CollectionAssert.AreEqual(new[] { "1", "2", "3", "4", "5" }, bins.Select(row => row[1]).ToArray());
            Assert.IsTrue(bins.All(row => Number(row[2]) == count));
            double[] spreads = [.. bins.Select(row => Number(row[3]))];
            CollectionAssert.AreEqual(spreads.Order().ToArray(), spreads, "sorted by spread");
            Assert.AreEqual(
                100 - Number(accuracies.Single(row => row[0] == name)[2]),
                bins.Average(row => Number(row[5])),
                0.1,
                "the bins' error rates are those of the plain prediction");
        }

        string picture = Folder.PathOf("uncertainty.png");
        AssertPicture(picture);
    }

    [TestMethod]
    public void The_same_seed_gives_the_sameOutput_and_another_seed_another()
    {
        string Run(string seed)
        {
            Output.GetStringBuilder().Clear();
            Assert.AreEqual(0, Invoke("--passes", "3", "--seed", seed, "--output", Folder.FullName));
            return Output.ToString();
        }

        string first = Run("7");
        Assert.AreEqual(first, Run("7"));
        Assert.AreNotEqual(first.Replace("seed 7", "seed 8", StringComparison.Ordinal), Run("8"));
    }

    [TestMethod]
    public void Passes_that_drop_nothing_have_no_spread_and_a_mean_like_the_plain_prediction()
    {
        Assert.AreEqual(0, Invoke("--passes", "3", "--rate", "0", "--output", Folder.FullName));

        string[][] rows = Rows();
        Assert.IsTrue(rows.Where(row => row.Length == 6).All(row => row[3] == "0.000"));
        Assert.IsTrue(rows.Where(row => row.Length == 4).All(row => row[2] == row[3]));
    }

    [TestMethod]
    public void Without_the_native_library_of_one_trainer_another_does()
    {
        Assert.AreEqual(0, Invoke(
            (mlContext, kind, seed) => kind == TrainerKind.LightGbm
                ? throw new DllNotFoundException()
                : TrainerCatalog.Create(mlContext, kind, seed),
            "--passes",
            "3",
            "--output",
            Folder.FullName));

        Assert.AreEqual(NativeLibrary.Explain(TrainerKind.LightGbm), Error.ToString().TrimEnd());
        Assert.Contains("L-BFGS with spatial dropout", Output.ToString());
    }

    [TestMethod]
    public void Files_of_recordings_do_as_well_and_two_are_enough_to_test()
    {
        string Recordings(int copies) => new StringBuilder()
            .Append("@problemName Two\n@timeStamps false\n@missing false\n@univariate false\n")
            .Append("@dimensions 2\n@equalLength true\n@seriesLength 3\n@classLabel true up down\n@data\n")
            .AppendJoin("", Enumerable.Repeat("1,2,3:1,2,3:up\n3,2,1:3,2,1:down\n", copies))
            .ToString();

        Assert.AreEqual(0, Invoke(
            "--train", Folder.Write("a.ts", Recordings(20)),
            "--test", Folder.Write("b.ts", Recordings(1)),
            "--output", Folder.FullName));

        Assert.Contains("Two: 40 recordings to train, 2 to test, 2 channels x 3 steps", Output.ToString());
        Assert.HasCount(2, Rows().Where(row => row.Length == 6 && row[0] == "clean").ToArray());
    }

    private static double Number(string cell) => double.Parse(cell.Split(' ')[0], CultureInfo.InvariantCulture);

    // Of all tables, without headers; the three tables have four, six and five columns.
    private string[][] Rows() =>
        [.. Output.ToString().Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[0] is not ("test data" or "measure" or "AUC"))];

    protected override int Invoke(params string[] args) => Invoke(TrainerCatalog.Create, args);

    private int Invoke(TrainerFactory createTrainer, params string[] args) => new UncertaintyCommand(
        Console, Error, createTrainer).Invoke(args);
}
