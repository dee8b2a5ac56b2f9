using Examples;
using Spectre.Console;
using Uncertainty;

return new UncertaintyCommand(AnsiConsole.Console, Console.Error, TrainerCatalog.Create).Invoke(args);
