using Microsoft.ML;
using MLNet.SpatialDropout;

// Creates a backend and a layer, and prints the result or the exception.
foreach (Func<object> make in new Func<object>[] { () => TorchBackend.Create(new MLContext()), () => new SpatialDropout1d(seed: 1) })
{
    try
    {
        Console.WriteLine($"made: {make()}");
    }
    catch (NotSupportedException exception)
    {
        Console.WriteLine($"refused: {exception.Message}");
    }
}
