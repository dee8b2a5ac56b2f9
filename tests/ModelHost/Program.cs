using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

// ModelHost MODEL DATA: loads a saved model, scores saved rows, and prints the scores, one row a line.
string libraries = string.Join(' ', Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileName));
if (libraries.Contains("SpatialDropout", StringComparison.OrdinalIgnoreCase))
{
    Console.Error.WriteLine($"This host must not have the library: {libraries}");
    return 2;
}

var mlContext = new MLContext();
ITransformer model = mlContext.Model.Load(args[0], out _);
IDataView scored = model.Transform(mlContext.Data.LoadFromBinary(args[1]));
foreach (float score in scored.GetColumn<float>("Score"))
    Console.WriteLine(score.ToString("R", CultureInfo.InvariantCulture));
return 0;
