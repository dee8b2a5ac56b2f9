using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Rankers take neighbouring rows with the same group for a query. Copies follow their row, so a query stays in one piece.
/// </summary>
[TestClass]
public sealed class RankingTests
{
    private const int RowsPerQuery = 10;

    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = Reading.Sensors,
        Copies = 4,
        KeepOriginal = true,
        Seed = 7,
    };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Queries_stay_in_one_piece_and_have_five_times_the_rows()
    {
        IDataView view = _mlContext.Data.SpatialDropout(Rows(200, seed: 1), Options);

        CollectionAssert.AreEqual(
            Enumerable.Range(0, 5 * 200).Select(row => (uint)(row / (5 * RowsPerQuery)) + 1).ToArray(),
            view.GetColumn<uint>("GroupId").ToArray());
    }

    [TestMethod]
    public void The_rows_of_a_query_lose_the_same_sensors_if_the_group_is_the_mask_key()
    {
        IDataView view = _mlContext.Data.SpatialDropout(Rows(200, seed: 1), Options with { MaskKeyColumnName = "GroupId" });

        string[] lost = [.. view.GetColumn<float[]>("Features").Select(row => string.Join(' ', row.Select(value => value == 0)))];
        foreach (string[] query in lost.Chunk(5 * RowsPerQuery))
            Assert.IsTrue(query.Chunk(5).All(copies => copies.SequenceEqual(query.Take(5))));
        Assert.IsGreaterThan(5, lost.Distinct().Count());
    }

    [TestMethod]
    public void LightGbm() => LightGbmLibrary.WhereItLoads(() => RanksWithoutTheClearestSensor(LightGbmTrainer()));

    [TestMethod]
    public void FastTree() => RanksWithoutTheClearestSensor(
        _mlContext.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
        {
            LabelColumnName = "Level",
            RowGroupColumnName = "GroupId",
            NumberOfTrees = 30,
            NumberOfThreads = 1,
        }));

    // The limit is LightGBM's. Copies count.
    [TestMethod]
    public void LightGbm_takes_queries_of_10000_rows() => LightGbmLibrary.WhereItLoads(() =>
    {
        var chain = _mlContext.Transforms.SpatialDropout(Options).Append(LightGbmTrainer());
        Assert.IsNotNull(chain.Fit(Rows(2000, seed: 1, rowsPerQuery: 2000)));

        var exception = Assert.Throws<InvalidOperationException>(() => chain.Fit(Rows(2001, seed: 1, rowsPerQuery: 2001)));
        Assert.Contains("Number of rows 10005 exceeds upper limit of 10000 for a query", exception.Message);
    });

    private LightGbmRankingTrainer LightGbmTrainer() => _mlContext.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
    {
        LabelColumnName = "Level",
        RowGroupColumnName = "GroupId",
        NumberOfIterations = 30,
        NumberOfThreads = 1,
        Deterministic = true,
    });

    private void RanksWithoutTheClearestSensor(IEstimator<ITransformer> trainer)
    {
        IDataView train = Rows(1000, seed: 1);
        ITransformer with = _mlContext.Transforms.SpatialDropout(Options).Append(trainer).Fit(train);
        ITransformer without = trainer.Fit(train);

        IDataView test = Rows(1000, seed: 2);
        IDataView damaged = _mlContext.Data.SpatialDropout(test, new()
        {
            OutputColumnName = "Features",
            Channels = Reading.Sensors,
            Rates = [1, 0, 0, 0, 0, 0],
        });
        (double clean, double lost) = (Ndcg(without, test), Ndcg(without, damaged));
        (double cleanWith, double lostWith) = (Ndcg(with, test), Ndcg(with, damaged));
        string figures = $"NDCG@3 without the stage {clean}, damaged {lost}; with it {cleanWith}, damaged {lostWith}";
        Assert.IsGreaterThan(clean - 0.02, cleanWith, figures);
        Assert.IsGreaterThan(lost, lostWith, figures);
    }

    private double Ndcg(ITransformer model, IDataView data) => _mlContext.Ranking
        .Evaluate(model.Transform(data), "Level", "GroupId").NormalizedDiscountedCumulativeGains[2];

    private IDataView Rows(int count, int seed, int rowsPerQuery = RowsPerQuery)
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Reading.Generate(count, seed, rowsPerQuery));
        return _mlContext.Transforms.Conversion.MapValueToKey("GroupId", "Query").Fit(rows).Transform(rows);
    }
}
