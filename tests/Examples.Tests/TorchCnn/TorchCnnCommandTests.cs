using System.Globalization;
using Examples.Tests;
using Microsoft.ML;
using MLNet.SpatialDropout;

namespace TorchCnn.Tests;

[TestClass]
public sealed class TorchCnnCommandTests : CommandTests
{
    private static readonly Lazy<bool> TorchLoads = new(TryToLoad);

    // Only these tests need it; all other examples run without libtorch.
    [TestInitialize]
    public void RequireTorch()
    {
        if (!TorchLoads.Value)
            Assert.Inconclusive("libtorch does not load here.");
    }

    [TestMethod]
    [DataRow("--rate 1.5", "--rate is '1.5', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--rate NaN", "--rate is 'NaN', but must be a number from 0 to 1, such as 0.3.")]
    [DataRow("--epochs 0", "--epochs is '0', but must be a whole number of at least 1.")]
    [DataRow("--seeds many", "--seeds is 'many', but must be a whole number of at least 1.")]
    [DataRow("--train a.ts", "--train is given without --test: give both files, or neither for generated recordings.")]
    [DataRow("--train a.ts --test b.ts", "a.ts: file not found")]
    public void Refuses_what_it_cannot_use_in_one_line(string line, string message) =>
        AssertRefused(message, line.Split(' '));

    [TestMethod]
    public void A_network_on_generated_recordings_learns_and_the_report_says_how_well()
    {
        Assert.AreEqual(0, Invoke("--epochs", "15", "--seeds", "2", "--output", Folder.FullName));

        string text = Output.ToString();
        string[][] rows = [.. text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        CollectionAssert.AreEqual(
            new[] { "no dropout", "Dropout between", "SpatialDropout1d between", "SpatialDropout1d on sensors" },
            rows.Select(row => row[0]).ToArray());
        foreach (string[] row in rows)
        {
            Assert.IsGreaterThan(60, Percent(row[1]), $"{row[0]} learns four activities, of which guessing gets 25 %");
            Assert.IsGreaterThanOrEqualTo(Percent(row[3]), Percent(row[2]), "no sensor is missed more than the worst");
        }

        string picture = Path.Combine(Folder.FullName, "loss.png");
        AssertPicture(picture);
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    public void The_same_seeds_give_the_same_networks()
    {
        string[] args = ["--epochs", "2", "--seeds", "1", "--output", Folder.FullName];
        Assert.AreEqual(0, Invoke(args));
        string first = Output.ToString();
        Output.GetStringBuilder().Clear();
        Assert.AreEqual(0, Invoke(args));

        Assert.AreEqual(first, Output.ToString());
    }

    private static bool TryToLoad()
    {
        try
        {
            TorchBackend.Create(new MLContext());
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static double Percent(string cell) => double.Parse(cell.Split(' ')[0], CultureInfo.InvariantCulture);

    protected override int Invoke(params string[] args) => new TorchCnnCommand(
        Console, Error).Invoke(args);
}
