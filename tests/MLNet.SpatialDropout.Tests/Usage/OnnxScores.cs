using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Compares what ML.NET and ONNX Runtime make of the same rows.</summary>
internal static class OnnxScores
{
    // ONNX Runtime adds up in another order.
    private const double Tolerance = 1e-4;

    public static void AreEqual(IDataView expected, IDataView actual)
    {
        float[][] scores = Read(expected);
        Assert.IsGreaterThan(1, scores.Select(row => row[0]).Distinct().Count(), "all rows have the same score");
        foreach ((float[] of, float[] ofOnnx) in scores.Zip(Read(actual)))
        {
            Assert.HasCount(of.Length, ofOnnx);
            for (int i = 0; i < of.Length; i++)
                Assert.AreEqual(of[i], ofOnnx[i], Tolerance * Math.Max(1, Math.Abs(of[i])));
        }
    }

    private static float[][] Read(IDataView scored) => scored.Schema["Score"].Type is VectorDataViewType
        ? [.. scored.GetColumn<float[]>("Score")]
        : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
}
