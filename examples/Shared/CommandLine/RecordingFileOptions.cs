using System.CommandLine;
using System.CommandLine.Parsing;

namespace Examples;

/// <summary>The two options that name files to read instead of generating recordings; both are given, or neither.</summary>
public sealed class RecordingFileOptions
{
    private readonly Option<string?> _train = new("--train")
    {
        Description = "A .ts file of the UEA/UCR archives to train on, instead of generated recordings; needs --test.",
        HelpName = "file",
    };

    private readonly Option<string?> _test = new("--test")
    {
        Description = "The .ts file to test on. Shorter recordings are padded with zeros.",
        HelpName = "file",
    };

    public void AddTo(RootCommand command)
    {
        command.Options.Add(_train);
        command.Options.Add(_test);
        command.Validators.Add(Check);
    }

    public (string Train, string Test)? Read(ParseResult parsed) =>
        parsed.GetValue(_train) is { } train && parsed.GetValue(_test) is { } test ? (train, test) : null;

    private void Check(CommandResult result)
    {
        bool hasTrain = result.GetResult(_train) is not null;
        bool hasTest = result.GetResult(_test) is not null;
        if (hasTrain != hasTest)
            result.AddError(
                $"{(hasTrain ? "--train is given without --test" : "--test is given without --train")}: give both files, or"
                + " neither for generated recordings.");
    }
}
