using System.CommandLine;
using MLNet.SpatialDropout.Benchmarks;

var only = new Option<string?>("--only") { Description = "Measure only the lines that contain this text." };
var ratios = new Command(
    "ratios", "What the stage costs, as ratios with their bars. Exit code 1 if a bar does not hold, 2 if not all are measured.")
{
    only,
};
ratios.SetAction(arguments => RatiosReport.Print(arguments.GetValue(only)));

var artifacts = new Option<string>("--output")
{
    Description = "The folder for BenchmarkDotNet's reports.",
    DefaultValueFactory = _ => "artifacts/benchmarks",
};
var benchmarks = new Command("benchmarks", "The comparisons of 'ratios' under BenchmarkDotNet, with what they allocate.")
{
    artifacts,
};
benchmarks.SetAction(arguments => BenchmarkReport.Run(arguments.GetValue(artifacts)!));

var folder = new Option<string>("--output")
{
    Description = "The folder to write sweep.md and sweep.png to.",
    DefaultValueFactory = _ => "docs/benchmarks",
};
var sweep = new Command("sweep", "How speed changes with time steps, channels, caches and instruction sets.") { folder };
sweep.SetAction(arguments => SweepReport.Write(arguments.GetValue(folder)!));
var sweepPoints = new Command(SweepProcess.Command, "The points of 'sweep', in a process of its own.") { Hidden = true };
sweepPoints.SetAction(_ => SweepProcess.PrintPoints());

var memory = new Command("memory", "What a pass over 2 GB of rows allocates and holds, with the stage and without it.");
memory.SetAction(_ => MemoryReport.Print());

var train = new Option<string?>("--train") { Description = "A .ts file to train on, instead of generated recordings." };
var test = new Option<string?>("--test") { Description = "A .ts file to test on." };
var data = new Option<string?>("--data")
{
    Description = "A folder of pairs NAME_TRAIN.ts and NAME_TEST.ts: what helps against lost sensors, and how they fail.",
};
var seeds = new Option<int>("--seeds") { Description = "How many seeds to average over.", DefaultValueFactory = _ => 10 };
var guide = new Command("guide", "What the options do to accuracy, clean and with sensors lost: the tables of docs/guide.md.")
{
    train, test, data, seeds,
};
guide.SetAction(arguments =>
{
    if (arguments.GetValue(data) is { } dataFolder)
        return FieldReport.Print(dataFolder, arguments.GetValue(seeds));
    new GuideReport(
        arguments.GetValue(train) is { } trainFile ? (trainFile, arguments.GetValue(test)!) : null,
        arguments.GetValue(seeds)).Print();
    return 0;
});

var torchOnly = new Argument<string>("only");
var torchLine = new Command(TorchProcess.Command, "The lines of 'ratios' that need libtorch, in a process of its own.")
{
    torchOnly,
};
torchLine.Hidden = true;
torchLine.SetAction(arguments => TorchProcess.PrintResult(arguments.GetValue(torchOnly)!));

return new RootCommand("Measurements of MLNet.SpatialDropout.")
{
    ratios, sweep, benchmarks, memory, guide, torchLine, sweepPoints,
}.Parse(args).Invoke();
