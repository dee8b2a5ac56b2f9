// A web service with the model of quickstart.cs. It needs ML.NET, and no package of ours: the stage is not in the model.
// dotnet run examples/recipes/quickstart.cs && dotnet run examples/recipes/web-service.cs

#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.ML
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext();
ITransformer model = mlContext.Model.Load(Path.Combine(Path.GetTempPath(), "quickstart.zip"), out _);

// A prediction engine serves one request at a time, so there is a pool of them.
var engines = new ConcurrentBag<PredictionEngine<Reading, Prediction>>();

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
WebApplication app = builder.Build();
app.MapPost("/predict", (Reading reading) =>
{
    if (!engines.TryTake(out PredictionEngine<Reading, Prediction>? engine))
        engine = mlContext.Model.CreatePredictionEngine<Reading, Prediction>(model);
    Prediction prediction = engine.Predict(reading);
    engines.Add(engine);
    return prediction;
});
await app.StartAsync();

// A request as a client sends it: somebody runs, and the first sensor is lost.
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
var lost = new Reading { Features = [.. Enumerable.Range(0, 120).Select(value => value % 6 == 0 ? 0 : 1.4f + (2f / (1 + (value % 6))))] };
HttpResponseMessage response = await client.PostAsJsonAsync("/predict", lost);
Prediction answer = (await response.Content.ReadFromJsonAsync<Prediction>())!;
Console.WriteLine($"Scores of standing, walking and running: {string.Join(", ", answer.Score.Select(score => $"{score:0.00}"))}");
await app.StopAsync();

bool needsOurs = AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.FullName!.StartsWith("MLNet.", StringComparison.Ordinal));
if (answer.Score.Max() != answer.Score[2] || needsOurs)
    throw new InvalidOperationException("It should say running, without this library.");

internal sealed class Reading
{
    // The model was trained with a label. Nobody reads it here.
    public string Activity { get; set; } = "";

    [VectorType(20, 6)]
    public float[] Features { get; set; } = [];
}

internal sealed class Prediction
{
    public float[] Score { get; set; } = [];
}
