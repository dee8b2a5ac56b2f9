using Examples;
using SensorOutage;
using Spectre.Console;

return new SensorOutageCommand(AnsiConsole.Console, Console.Error, TrainerCatalog.Create).Invoke(args);
