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
        Description = "A saved ML.NET model: multiclass, binary, regression or ranking.",
        HelpName = "file",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data to test it on: an ML.NET binary file (.idv), a .ts file of the UEA/UCR archives, or a .csv or .tsv table with a"
            + " header.",
        HelpName = "file",
        CustomParser = ParseData,
    };

    private readonly Option<int?> _channels = new("--channels")
    {
        Description = "The number of sensors, if each is one channel of a series; it divides the number of features.",
        HelpName = "number",
        CustomParser = result => ExampleOptions.ParseWholeNumber(result, minimum: 1),
    };

    private readonly Option<int[]?> _groups = new("--groups")
    {
        Description = "Instead: the numbers of neighbouring channels or features that are one sensor each, such as 9,6,1.",
        HelpName = "numbers",
        CustomParser = ParseGroups,
    };

    private readonly Option<string[]?> _columns = new("--columns")
    {
        Description = "Instead: the columns that are one sensor each, such as acc,gyro,temp.",
        HelpName = "columns",
        CustomParser = ParseNames,
    };

    private readonly Option<string[]?> _names = new("--names")
    {
        Description = "What the sensors are called, separated by commas. Default: what the data call them.",
        HelpName = "names",
        CustomParser = ParseNames,
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

    private readonly Option<string> _rowGroup = new("--row-group")
    {
        Description = "The column of the groups of a ranking.",
        HelpName = "column",
        DefaultValueFactory = _ => Defaults.RowGroup,
    };

    private readonly Option<ChannelLayout> _layout = new("--layout")
    {
        Description = $"How the readings are ordered: {ChannelsLast} (the default) or {ChannelsFirst}.",
        HelpName = "order",
        CustomParser = ParseLayout,
    };

    private readonly Option<DropoutFill?> _fill = new("--fill")
    {
        Description = $"What a lost sensor reads: a number, {Missing} (NaN), LastValue (stuck), ChannelMean or another fill of the"
            + " library. Default: 0.",
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
            _model, _data, _channels, _groups, _columns, _names, _features, _label, _rowGroup, _layout, _fill, _output,
        };
        command.Validators.Add(CheckTogether);
        return command;
    }

    public StressTestSettings Read(ParseResult parsed) => new()
    {
        Files = parsed.GetValue(_model) is { } model && parsed.GetValue(_data) is { } data ? (model, data) : null,
        Channels = parsed.GetValue(_channels),
        // An array that is not given is empty.
        Groups = parsed.GetResult(_groups) is null ? null : parsed.GetValue(_groups),
        Columns = parsed.GetResult(_columns) is null ? null : parsed.GetValue(_columns),
        Names = parsed.GetResult(_names) is null ? null : parsed.GetValue(_names),
        Features = parsed.GetValue(_features)!,
        Label = parsed.GetValue(_label)!,
        RowGroup = parsed.GetValue(_rowGroup)!,
        Layout = parsed.GetResult(_layout) is null ? Defaults.Layout : parsed.GetValue(_layout),
        Fill = parsed.GetValue(_fill) ?? Defaults.Fill,
        OutputFolder = parsed.GetValue(_output)!,
    };

    private void CheckTogether(CommandResult result)
    {
        Option[] files = [_model, _data];
        Option[] layouts = [_channels, _groups, _columns];
        int given = files.Count(option => IsGiven(result, option));
        int layoutsGiven = layouts.Count(option => IsGiven(result, option));
        if (given + layoutsGiven == 0)
        {
            Option[] others = [_names, _features, _label, _rowGroup, _layout];
            foreach (Option option in others.Where(option => IsGiven(result, option)))
                result.AddError($"{option.Name} is given without --model and --data, which it belongs to.");
        }
        else if (given < 2 || layoutsGiven != 1)
        {
            result.AddError(
                "--model and --data go together with one of --channels, --groups and --columns: give these three, or none of them for"
                + " the demonstration.");
        }
        else if (IsGiven(result, _columns) && (IsGiven(result, _features) || IsGiven(result, _layout)))
        {
            result.AddError("--columns are one sensor each, so leave out --features and --layout.");
        }
        else if (TextOf(result, _names) is { } names && CountSensors(result) is { } sensors
            && names.Split(',').Length != sensors)
        {
            result.AddError($"--names is '{names}', but must be {sensors} names separated by commas, one for each sensor.");
        }
    }

    // From the texts, because values that could not be parsed cannot be read.
    private int? CountSensors(CommandResult result) =>
        (TextOf(result, _groups) ?? TextOf(result, _columns)) is { } list ? list.Split(',').Length
        : int.TryParse(TextOf(result, _channels), NumberStyles.None, CultureInfo.InvariantCulture, out int channels) ? channels
        : null;

    private static string? TextOf(CommandResult result, Option option) =>
        IsGiven(result, option) ? result.GetResult(option)!.Tokens[0].Value : null;

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

    private static string[]? ParseNames(ArgumentResult result)
    {
        string[] names = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        return !names.Contains("") && names.Distinct().Count() == names.Length
            ? names
            : ExampleOptions.Refuse<string[]>(result, "different names separated by commas");
    }

    private static int[]? ParseGroups(ArgumentResult result)
    {
        int[] sizes = [.. result.Tokens[0].Value.Split(',').Select(
            size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return sizes.All(size => size > 0)
            ? sizes
            : ExampleOptions.Refuse<int[]>(result, "whole numbers of at least 1 separated by commas, such as 9,6,1");
    }

    // Checked as a float, because the column may hold floats.
    private static DropoutFill? ParseFill(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        try
        {
            var fill = DropoutFill.Parse(text);
            if (fill.Value is not { } value || fill == DropoutFill.Missing || float.IsFinite((float)value))
                return fill;
        }
        catch (FormatException)
        {
            // Refused below.
        }

        return ExampleOptions.Refuse<DropoutFill>(result, $"a number that a float can hold, {Missing}, or another fill of the library");
    }
}
