using Examples;
using Spectre.Console;

namespace SensorOutage;

/// <summary>Shows progress: bars on a terminal, a line for each trainer elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <param name="console">Where to show it.</param>
    /// <param name="trainers">What is worked on, one after the other.</param>
    /// <param name="stepsOf">How many steps each of them reports.</param>
    /// <param name="work">The work on one trainer; it calls the action it is given after each step.</param>
    public static void Run(
        IAnsiConsole console, IReadOnlyList<TrainerKind> trainers, Func<TrainerKind, int> stepsOf, Action<TrainerKind, Action> work)
    {
        if (CanDraw(console))
            Draw(console, trainers, stepsOf, work);
        else
            WriteLines(console, trainers, work);
    }

    private static bool CanDraw(IAnsiConsole console) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true };

    private static void Draw(
        IAnsiConsole console, IReadOnlyList<TrainerKind> trainers, Func<TrainerKind, int> stepsOf, Action<TrainerKind, Action> work) =>
        console.Progress().Start(context =>
        {
            ProgressTask[] tasks = [.. trainers.Select(trainer =>
                context.AddTask(TrainerCatalog.NameOf(trainer), autoStart: false, maxValue: stepsOf(trainer)))];
            foreach ((TrainerKind trainer, ProgressTask task) in trainers.Zip(tasks))
            {
                task.StartTask();
                work(trainer, () => task.Increment(1));
                task.StopTask();
            }
        });

    private static void WriteLines(IAnsiConsole console, IReadOnlyList<TrainerKind> trainers, Action<TrainerKind, Action> work)
    {
        foreach ((int index, TrainerKind trainer) in trainers.Index())
        {
            console.Profile.Out.Writer.WriteLine(
                $"[{index + 1}/{trainers.Count}] {TrainerCatalog.NameOf(trainer)}:"
                + " training and testing, without and with spatial dropout");
            work(trainer, () => { });
        }
    }
}
