using Spectre.Console;
using StressTest;

return new StressTestCommand(AnsiConsole.Console, Console.Error).Invoke(args);
