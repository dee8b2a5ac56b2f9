using Examples;
using Spectre.Console;

return new SensorOutageCommand(AnsiConsole.Console, Console.Error, TrainerCatalog.Create).Invoke(args);
