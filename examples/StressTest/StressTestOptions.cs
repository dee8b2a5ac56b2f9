using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Examples;
using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>The options of the command line. Each refusal names the option, the value and what is allowed.</summary>
internal sealed class StressTestOptions
{
    private const string Missing = "missing";
    private const string ChannelsLast = "channels-last";
    private const string ChannelsFirst = "channels-first";

    private static readonly StressTestSettings Defaults = new();

    private readonly Option<string?> _model = new("--model")
    {
        Description = "A saved ML.NET model: multiclass, binary or regression.",
        HelpName = "file",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data to test it on: an ML.NET binary file (.idv) or a .ts file of the UEA/UCR archives.",
        HelpName = "file",
        CustomParser = ParseData,
    };

    private readonly Option<int?> _channels = new("--channels")
    {
        Description = "The number of sensors; it divides the number of features.",
        HelpName = "number",
        CustomParser = result => ExampleOptions.ParseWholeNumber(result, minimum: 1),
    };

    private readonly Option<string[]?> _names = new("--names")
    {
        Description = "What the sensors are called, separated by commas. Default: sensor 1, sensor 2 and so on.",
        HelpName = "names",
        CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries),
    };

    private readonly Option<string> _features = new("--features")
    {
        Description = "The column of the readings, a vector.",
        HelpName = "column",
        DefaultValueFactory = _ => Defaults.Features,
    };

    private readonly Option<string> _label = new("--label")
    {
        Description = "The column of the truth.",
        HelpName = "column",
        DefaultValueFactory = _ => Defaults.Label,
    };

    private readonly Option<ChannelLayout> _layout = new("--layout")
    {
        Description = $"How the readings are ordered: {ChannelsLast} (the default) or {ChannelsFirst}.",
        HelpName = "order",
        CustomParser = ParseLayout,
    };

    private readonly Option<DropoutFill?> _fill = new("--fill")
    {
        Description = $"What a lost sensor reads: a number, or {Missing} (NaN). Default: 0.",
        HelpName = "reading",
        CustomParser = ParseFill,
    };

    private readonly Option<string> _output = ExampleOptions.OutputFolder(Defaults.OutputFolder);

    public RootCommand CreateCommand()
    {
        var command = new RootCommand(
            "Shows which sensors a saved model leans on: scores it with each sensor lost in turn, prints a table and draws a"
            + " picture. Without --model it trains two models and tests these.")
        {
            _model, _data, _channels, _names, _features, _label, _layout, _fill, _output,
        };
        command.Validators.Add(CheckTogether);
        return command;
    }

    public StressTestSettings Read(ParseResult parsed) => new()
    {
        Files = parsed.GetValue(_model) is { } model && parsed.GetValue(_data) is { } data ? (model, data) : null,
        Channels = parsed.GetValue(_channels) ?? 0,
        // An array that is not given is empty.
        Names = parsed.GetResult(_names) is null ? null : parsed.GetValue(_names),
        Features = parsed.GetValue(_features)!,
        Label = parsed.GetValue(_label)!,
        Layout = parsed.GetResult(_layout) is null ? Defaults.Layout : parsed.GetValue(_layout),
        Fill = parsed.GetValue(_fill) ?? Defaults.Fill,
        OutputFolder = parsed.GetValue(_output)!,
    };

    private void CheckTogether(CommandResult result)
    {
        Option[] all = [_model, _data, _channels];
        int given = all.Count(option => IsGiven(result, option));
        if (given is > 0 and < 3)
        {
            result.AddError(
                "--model, --data and --channels go together: give all three, or none of them for the demonstration.");
        }
        else if (given == 0)
        {
            foreach (Option option in ((Option[])[_names, _features, _label, _layout]).Where(option => IsGiven(result, option)))
                result.AddError($"{option.Name} is given without --model, --data and --channels, which it belongs to.");
        }
        else if (IsGiven(result, _names) && !result.Children.SelectMany(child => child.Errors).Any()
            && result.GetValue(_names) is { } names && result.GetValue(_channels) is { } channels
            && (names.Length != channels || names.Any(string.IsNullOrEmpty)))
        {
            result.AddError(
                $"--names is '{string.Join(',', names)}', but must be {channels} names separated by commas, one for each of"
                + " --channels.");
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static string? ParseData(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        return DataFile.Extensions.Any(extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            ? text
            : ExampleOptions.Refuse<string>(result, $"a file whose name ends with {string.Join(" or ", DataFile.Extensions)}");
    }

    private static ChannelLayout ParseLayout(ArgumentResult result) => result.Tokens[0].Value switch
    {
        ChannelsLast => ChannelLayout.ChannelsLast,
        ChannelsFirst => ChannelLayout.ChannelsFirst,
        _ => ExampleOptions.Refuse<ChannelLayout>(result, $"{ChannelsLast} or {ChannelsFirst}"),
    };

    private static DropoutFill? ParseFill(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text == Missing)
            return DropoutFill.Missing;

        // Checked as a float, because the column may hold floats.
        bool isNumber = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        return isNumber && float.IsFinite(number)
            ? DropoutFill.Constant(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : ExampleOptions.Refuse<DropoutFill>(result, $"a number that a float can hold, or {Missing}");
    }
}
