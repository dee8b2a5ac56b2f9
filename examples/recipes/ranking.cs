// A ranking that does without any one of its sources. dotnet run examples/recipes/ranking.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Offer.Simulate(seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Offer.Simulate(seed: 2));

// The query as mask key: in a copy of a query all offers lose the same sources, and compare.
var options = new SpatialDropoutOptions
{
    OutputColumnName = "Features", Channels = 3, DroppedChannels = (1, 1), Copies = 3, KeepOriginal = true,
    MaskKeyColumnName = "Query", Seed = 1,
};
var group = mlContext.Transforms.Conversion.MapValueToKey("GroupId", "Query");
var trainer = mlContext.Ranking.Trainers.LightGbm();
var before = mlContext.Ranking.EvaluateOutages(group.Append(trainer).Fit(train), test, options);
var after = mlContext.Ranking.EvaluateOutages(
    group.Append(mlContext.Transforms.SpatialDropout(options)).Append(trainer).Fit(train), test, options);
Console.WriteLine($"Without the stage:\n{before}\nWith it:\n{after}");
if (after.Worst().Metrics.NormalizedDiscountedCumulativeGains[0] <= before.Worst().Metrics.NormalizedDiscountedCumulativeGains[0])
    throw new InvalidOperationException("The stage should have helped.");

/// <summary>An offer for a query, and what three sources say of it.</summary>
internal sealed class Offer
{
    public string Query { get; set; } = "";

    [ColumnName("Label")]
    public float Relevance { get; set; }

    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public static Offer[] Simulate(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 1000).Select(i =>
        {
            int relevance = random.Next(4);
            return new Offer
            {
                Query = $"query {i / 10}",
                Relevance = relevance,
                Features = [.. Enumerable.Range(0, 3).Select(source => 1 + relevance + ((1 + source) * random.NextSingle()))],
            };
        })];
    }
}
