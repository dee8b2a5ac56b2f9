using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A fill that a tensor's type cannot hold is refused: it would become an infinity.</summary>
[TestClass]
public sealed class FillRangeTests
{
    public static IEnumerable<object[]> Cases() =>
        from device in Devices.All
        from @case in new (ScalarType Type, double Fits, double TooLarge)[]
        {
            (ScalarType.Float16, 65504, 65536),
            (ScalarType.BFloat16, 3e38, 3.4e38),
            (ScalarType.Float32, 3.4e38, 1e39),
        }
        select new object[] { device, @case.Type, @case.Fits, @case.TooLarge };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Constant(string device, ScalarType type, double fits, double tooLarge)
    {
        using Tensor input = ones([2, 3], type, device: new Device(device));
        DropoutPlan Plan(double fill) => DropoutPlan.Create(
            new DropoutOptions { Channels = 3, Rate = 1, Fill = DropoutFill.Constant(fill), Seed = 1 }, 3);

        using Tensor dropped = Plan(fits).Apply(input, [new(0), new(1)]);
        Assert.IsTrue(dropped.isfinite().all().item<bool>());
        foreach (double fill in new[] { tooLarge, -tooLarge })
        {
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Plan(fill).Apply(input, [new(0), new(1)]));
            Assert.StartsWith(FormattableString.Invariant($"Fill is {fill}"), refusal.Message);
            Assert.Contains($"{type}", refusal.Message);
        }
    }

    [TestMethod]
    public void Learned_means()
    {
        var mlContext = new MLContext(1);
        IDataView data = mlContext.Data.LoadFromEnumerable([new Row { Features = [1, 70_000, 3] }]);
        DropoutPlan plan = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = nameof(Row.Features),
            Channels = 3,
            Rate = 1,
            Fill = DropoutFill.ChannelMean,
            Seed = 1,
        }).Fit(data).Plan;
        using Tensor half = ones([1, 3], ScalarType.Float16);
        using Tensor single = ones([1, 3]);

        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => plan.Apply(half, [new(0)]));
        Assert.StartsWith("Fill is ChannelMean: channel 1 would become 70000", refusal.Message);
        Assert.Contains("65504", refusal.Message);
        using Tensor dropped = plan.Apply(single, [new(0)]);
        CollectionAssert.AreEqual(new float[] { 1, 70_000, 3 }, TensorCase.Values<float>(dropped));
    }

    private sealed class Row
    {
        [Microsoft.ML.Data.VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
