using System.Globalization;
using SensorOutage.Tests;
using Spectre.Console;

namespace TorchCnn.Tests;

[TestClass]
public sealed class TorchCnnCommandTests : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    [DataRow("--rate 1.5", "--rate is '1.5', but must be a number from 0 to 1.")]
    [DataRow("--rate NaN", "--rate is 'NaN', but must be a number from 0 to 1.")]
    [DataRow("--epochs 0", "--epochs is '0', but must be a whole number of at least 1.")]
    [DataRow("--seeds many", "--seeds is 'many', but must be a whole number of at least 1.")]
    [DataRow("--train a.ts", "--train and --test go together: give both files, or neither for generated recordings.")]
    [DataRow("--train a.ts --test b.ts", "a.ts: file not found")]
    public void Refuses_what_it_cannot_use_in_one_line(string line, string message)
    {
        Assert.AreEqual(2, Invoke(line.Split(' ')));
        Assert.AreEqual(message, _error.ToString().TrimEnd());
    }

    [TestMethod]
    public void Refuses_an_output_folder_that_is_a_file()
    {
        string file = _folder.Write("taken", "");
        Assert.AreEqual(2, Invoke("--output", file));
        Assert.StartsWith($"--output is '{file}', which cannot be written to: ", _error.ToString());
    }

    [TestMethod]
    public void A_network_on_generated_recordings_learns_and_the_report_says_how_well()
    {
        Assert.AreEqual(0, Invoke("--epochs", "15", "--seeds", "2", "--output", _folder.FullName));

        string text = _output.ToString();
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

        string picture = Path.Combine(_folder.FullName, "loss.png");
        Assert.Contains($"Picture: {picture}", text);
        CollectionAssert.AreEqual(PngSignature, File.ReadAllBytes(picture)[..4]);
        Assert.AreEqual("", _error.ToString());
    }

    [TestMethod]
    public void The_same_seeds_give_the_same_networks()
    {
        string[] args = ["--epochs", "2", "--seeds", "1", "--output", _folder.FullName];
        Assert.AreEqual(0, Invoke(args));
        string first = _output.ToString();
        _output.GetStringBuilder().Clear();
        Assert.AreEqual(0, Invoke(args));

        Assert.AreEqual(first, _output.ToString());
    }

    private static double Percent(string cell) => double.Parse(cell.Split(' ')[0], CultureInfo.InvariantCulture);

    private int Invoke(params string[] args) => new TorchCnnCommand(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) }), _error).Invoke(args);
}
