using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Examples;

/// <summary>Options that several examples have. Each refusal names the option, the value and what is allowed.</summary>
public static class ExampleOptions
{
    public static Option<double> Rate(string description, double defaultRate) => new("--rate")
    {
        Description = description,
        HelpName = "probability",
        DefaultValueFactory = _ => defaultRate,
        CustomParser = ParseRate,
    };

    public static Option<int> Seed(string description, int defaultSeed) =>
        WholeNumber("--seed", description, defaultSeed, int.MinValue);

    public static Option<string> OutputFolder(string defaultFolder, string content = "the picture") => new("--output")
    {
        Description = $"The folder for {content}; made if it is not there.",
        HelpName = "folder",
        DefaultValueFactory = _ => defaultFolder,
        CustomParser = result => string.IsNullOrWhiteSpace(result.Tokens[0].Value)
            ? Refuse<string>(result, "the name of a folder")
            : result.Tokens[0].Value,
    };

    public static Option<int> WholeNumber(
        string name, string description, int defaultNumber, int minimum, int maximum = int.MaxValue) => new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => defaultNumber,
            CustomParser = result => ParseWholeNumber(result, minimum, maximum) ?? defaultNumber,
        };

    /// <returns>The number; or null, and an error in the result.</returns>
    public static int? ParseWholeNumber(ArgumentResult result, int minimum, int maximum = int.MaxValue)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= minimum && number <= maximum)
            return number;

        string range = maximum < int.MaxValue ? $" from {minimum} to {maximum}"
            : minimum > int.MinValue ? $" of at least {minimum}"
            : " of 32 bits";
        return Refuse<int?>(result, $"a whole number{range}");
    }

    /// <summary>Adds the error that an option's value is not what it must be.</summary>
    /// <returns>The default value; nobody reads it.</returns>
    public static T? Refuse<T>(ArgumentResult result, string allowed)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{result.Tokens[0].Value}', but must be {allowed}.");
        return default;
    }

    private static double ParseRate(ArgumentResult result)
    {
        bool isNumber = double.TryParse(
            result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate);
        return isNumber && rate is >= 0 and <= 1 ? rate : Refuse<double>(result, "a number from 0 to 1, such as 0.3");
    }
}
