using AutoML;
using Spectre.Console;

return new AutoMLCommand(AnsiConsole.Console, Console.Error).Invoke(args);
