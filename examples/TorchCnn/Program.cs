using Spectre.Console;
using TorchCnn;

return new TorchCnnCommand(AnsiConsole.Console, Console.Error).Invoke(args);
