using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace SensorColumns.Tests;

[TestClass]
public sealed partial class SensorColumnsTests
{
    [TestMethod]
    public void The_stage_helps_at_a_lost_sensor_and_costs_nothing_with_all()
    {
        string[] lines = Run().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(3, lines);
        Assert.MatchesRegex(HeaderPattern(), lines[0]);
        double[] without = Percents(lines[1], "without stage");
        double[] with = Percents(lines[2], "with stage");

        Assert.IsGreaterThanOrEqualTo(without[0] - 1, with[0], lines[2]);
        Assert.IsGreaterThanOrEqualTo(without[1..].Min() + 10, with[1..].Min(), lines[2]);
    }

    // A program without a type to call: it is started as the system does, and writes to the console.
    private static string Run()
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            Assembly.Load("SensorColumns").EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }

    // Clean, then with each of the sensors lost.
    private static double[] Percents(string line, string name)
    {
        Assert.StartsWith(name, line);
        double[] percents = [.. PercentPattern().Matches(line).Select(match =>
            double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];
        Assert.HasCount(4, percents, line);
        return percents;
    }

    [GeneratedRegex(@"^accuracy +clean +no Acceleration +no Rotation +no Temperature\s*$")]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"(?<number>[\d.]+) %")]
    private static partial Regex PercentPattern();
}
