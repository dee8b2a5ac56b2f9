using Microsoft.ML;
using MLNet.SpatialDropout;

// Makes a backend and a layer, and says what comes of it.
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
