using Shards;
using Spectre.Console;

return new ShardsCommand(AnsiConsole.Console, Console.Error, WorkerProcess.RunAsync).Invoke(args);
