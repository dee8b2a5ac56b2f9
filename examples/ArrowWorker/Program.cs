using ArrowWorker;

return new ArrowWorkerCommand(Console.OpenStandardInput, Console.OpenStandardOutput, Console.Out, Console.Error).Invoke(args);
