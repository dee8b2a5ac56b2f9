using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLNet.SpatialDropout;

namespace ArrowWorker;

/// <summary>The command line: reads an Arrow IPC stream and writes one.</summary>
/// <param name="openInput">Opens the stream to read.</param>
/// <param name="openOutput">Opens the stream to write.</param>
/// <param name="help">Prints help.</param>
/// <param name="error">Prints errors, one line each.</param>
public sealed class ArrowWorkerCommand(Func<Stream> openInput, Func<Stream> openOutput, TextWriter help, TextWriter error)
{
    private const int Failure = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Option<string> _options = new("--options")
    {
        Description = "What happens to a row, as JSON: { \"Channels\": 6, \"Rate\": 0.3, \"Seed\": 7 }.",
        HelpName = "json",
        Required = true,
    };

    private readonly Option<string> _column = new("--column")
    {
        Description = "The column of the rows: lists of float or double, all of one length.",
        HelpName = "name",
        Required = true,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The column that names the masks: texts, integers or booleans. Required unless SharedAcrossRows is set.",
        HelpName = "name",
    };

    private readonly Option<int> _copies = new("--copies")
    {
        Description = "The dropped-out copies of each row. Each batch is written once for each.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _keepOriginal = new("--keep-original")
    {
        Description = "Writes each batch as it is before its copies.",
    };

    /// <returns>The exit code of the process.</returns>
    public int Invoke(IReadOnlyList<string> args)
    {
        var command = new RootCommand("Reads an Arrow IPC stream on standard input, drops out a column, and writes the stream on standard output.")
        {
            _options, _column, _key, _copies, _keepOriginal,
        };
        command.SetAction(Run);
        ParseResult parsed = command.Parse(args);
        foreach (ParseError wrong in parsed.Errors.Take(1))
            error.WriteLine(wrong.Message);
        return parsed.Errors.Count > 0
            ? Failure
            : parsed.Invoke(new InvocationConfiguration { Output = help, Error = error, EnableDefaultExceptionHandler = false });
    }

    private int Run(ParseResult parsed)
    {
        try
        {
            using Stream input = openInput();
            using Stream output = openOutput();
            new StreamDropout(Read(parsed)).Run(input, output);
            return 0;
        }
        catch (Exception wrong) when (wrong is not (OutOfMemoryException or NullReferenceException))
        {
            // Whatever it is, an engine that started this process reads one line.
            error.WriteLine(wrong.Message.ReplaceLineEndings(" "));
            return Failure;
        }
    }

    private WorkerSettings Read(ParseResult parsed)
    {
        DropoutOptions options = ReadOptions(parsed.GetValue(_options)!);
        string? key = parsed.GetValue(_key);
        int copies = parsed.GetValue(_copies);
        bool keepsOriginal = parsed.GetValue(_keepOriginal);
        if (key is null && !options.SharedAcrossRows)
            throw new BadInputException(
                "--key is missing: a worker cannot know the numbers of its rows. Name a column that identifies them, or set"
                + " SharedAcrossRows.");
        if (key is not null && options.SharedAcrossRows)
            throw new BadInputException("--key is given, but SharedAcrossRows is set: all rows share one mask. Leave out one of them.");
        if (copies < 0 || (copies == 0 && !keepsOriginal))
            throw new BadInputException($"--copies is {copies}, but must be at least 1, or 0 with --keep-original.");
        return new WorkerSettings
        {
            Options = options,
            Column = parsed.GetValue(_column)!,
            KeyColumn = key,
            Copies = copies,
            KeepOriginal = keepsOriginal,
        };
    }

    private static DropoutOptions ReadOptions(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DropoutOptions>(json, Json)
                ?? throw new BadInputException("--options is null, but must be an object: { \"Channels\": 6, \"Seed\": 7 }.");
        }
        catch (JsonException wrong)
        {
            throw new BadInputException($"--options cannot be read: {wrong.Message}");
        }
    }
}
