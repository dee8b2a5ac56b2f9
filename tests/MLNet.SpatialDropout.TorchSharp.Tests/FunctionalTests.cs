using CsCheck;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>plan.Apply and DrawMask of tensors: the values of the reference, on every device and type.</summary>
[TestClass]
public sealed class FunctionalTests
{
    private static readonly DropoutOptions Options = new() { Channels = 3, Rate = 0.4, Scaling = DropoutScaling.Inverted, Seed = 9 };

    private static readonly DropoutFill AnyFailure =
        DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue, DropoutFill.PerChannel(1, -2, 0.5));

    private static readonly DropoutOptions Stuck =
        Options with { Scaling = DropoutScaling.None, Fill = DropoutFill.LastValue, OutageSteps = (1, 3) };

    public static IEnumerable<object[]> AllDevices => Devices.All.Select(device => new object[] { device });

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Any_options_give_the_values_of_the_reference(string device) =>
        AnyOptions.ForPlans.Sample(
            sized =>
            {
                (DropoutOptions options, int length) = sized;
                var plan = DropoutPlan.Create(options, length);
                MaskKey[] keys = [new(5), new(6), new(7), new(7, Copy: 1), new(1, 2)];
                using Tensor input = TensorCase.Odd(device, keys.Length, length);
                using Tensor output = plan.Apply(input, keys);

                TensorCase.AreEqual<float>(
                    TensorCase.Expected(options, keys, TensorCase.Values<float>(input)),
                    TensorCase.Values<float>(output), device);
            },
            iter: 100);

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Doubles_give_the_values_of_the_reference(string device)
    {
        MaskKey[] keys = TensorCase.Keys(20);
        using Tensor input = rand([20, 4, 3], ScalarType.Float64, device: torch.device(device));
        using Tensor output = DropoutPlan.Create(Options, 12).Apply(input, keys);

        double[] values = TensorCase.Values<double>(input);
        Bits.AreEqual<double>(
            [.. keys.SelectMany((key, row) => ReferenceDropout.Apply<double>(Options, key, values.AsSpan(row * 12, 12)))],
            TensorCase.Values<double>(output));
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Half_types_are_the_rounded_products(string device)
    {
        MaskKey[] keys = TensorCase.Keys(200);
        foreach (ScalarType type in new[] { ScalarType.Float16, ScalarType.BFloat16 })
        {
            foreach (DropoutOptions options in new[]
            {
                Options,
                Options with { Rate = null, Rates = [0.3, 0.300001, 0.999999] },
                Stuck,
                Stuck with { Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.LastValue, DropoutFill.PerChannel(1, -2, 0.5)) },
            })
            {
                using Tensor input = rand([200, 4, 3], device: torch.device(device)).to(type);
                using Tensor output = DropoutPlan.Create(options, 12).Apply(input, keys);
                Assert.AreEqual(type, output.dtype);

                using Tensor exact = input.to(ScalarType.Float32);
                float[] products = TensorCase.Expected(options, keys, TensorCase.Values<float>(exact));
                using Tensor rounded = tensor(products, [200, 4, 3]).to(type).to(ScalarType.Float32);
                using Tensor back = output.to(ScalarType.Float32);
                Bits.AreEqual<float>(TensorCase.Values<float>(rounded), TensorCase.Values<float>(back), $"{type}:");
            }
        }
    }

    // Half types have no kernels, so this tests the operations that devices do.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Any_options_give_the_rounded_values_of_the_reference_in_half_types(string device) =>
        AnyOptions.ForPlans.Sample(
            sized =>
            {
                using var scope = NewDisposeScope();
                (DropoutOptions options, int length) = sized;
                var plan = DropoutPlan.Create(options, length);
                MaskKey[] keys = [new(5), new(6), new(7), new(7, Copy: 1), new(1, 2)];
                Tensor input = TensorCase.Odd(device, keys.Length, length).to(ScalarType.BFloat16);
                Tensor output = plan.Apply(input, keys);

                float[] products = TensorCase.Expected(options, keys, TensorCase.Values<float>(input.to(ScalarType.Float32)));
                float[] rounded = TensorCase.Values<float>(tensor(products).to(ScalarType.BFloat16).to(ScalarType.Float32));
                float[] actual = TensorCase.Values<float>(output.to(ScalarType.Float32));
                for (int i = 0; i < rounded.Length; i++)
                    Assert.AreEqual(rounded[i], actual[i], $"{options}, element {i}");
            },
            iter: 100);

    // A stuck value is an earlier one of its channel, so that one gets its gradient.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Gradients_flow_to_the_values_that_stuck_channels_repeat(string device)
    {
        const int Length = 12;
        MaskKey[] keys = TensorCase.Keys(30);
        float[] numbers = [.. Enumerable.Range(1, Length).Select(i => (float)i)];
        foreach (DropoutOptions options in new[] { Stuck, Stuck with { Fill = AnyFailure } })
        {
            using Tensor input = rand([keys.Length, 4, 3], device: torch.device(device), requires_grad: true);
            using Tensor weights = rand([keys.Length, 4, 3], device: torch.device(device));
            using Tensor output = DropoutPlan.Create(options, Length).Apply(input, keys);
            using Tensor sum = (output.nan_to_num() * weights).sum();
            sum.backward();

            float[] weight = TensorCase.Values<float>(weights);
            var expected = new float[weight.Length];
            for (int row = 0; row < keys.Length; row++)
            {
                float[] elements = ReferenceDropout.Apply<float>(
                    options with { Fill = Numbered(options.Fill) }, keys[row], numbers);
                for (int i = 0; i < Length; i++)
                {
                    if (elements[i] > 0)
                        expected[(row * Length) + (int)elements[i] - 1] += weight[(row * Length) + i];
                }
            }

            float[] actual = TensorCase.Values<float>(input.grad!);
            for (int i = 0; i < expected.Length; i++)
                Assert.AreEqual(expected[i], actual[i], 1e-5, $"{options}, element {i}");
        }
    }

    // The square root has an infinite gradient at 0, which must not come through as 0 x infinity.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_gradient_that_is_not_finite_does_not_come_through_what_is_dropped(string device)
    {
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16 })
        {
            using Tensor input = ones([30, 4, 3], type, torch.device(device), requires_grad: true);
            using Tensor output = DropoutPlan.Create(Options, 12).Apply(input, TensorCase.Keys(30));
            using Tensor sum = output.sqrt().sum();
            sum.backward();

            using Tensor gradient = input.grad!.to(ScalarType.Float32);
            using Tensor kept = output.to(ScalarType.Float32);
            float[] values = TensorCase.Values<float>(kept);
            float[] gradients = TensorCase.Values<float>(gradient);
            for (int i = 0; i < values.Length; i++)
                Assert.AreEqual(values[i] != 0, gradients[i] != 0 && float.IsFinite(gradients[i]), $"{type}, element {i}");
            Assert.IsTrue(gradients.All(float.IsFinite));
        }
    }

    [TestMethod]
    public void Tensors_that_do_not_lie_in_one_piece()
    {
        MaskKey[] keys = TensorCase.Keys(8);
        using Tensor whole = TensorCase.Odd("cpu", 8, 3, 4);
        using Tensor input = whole.transpose(1, 2);
        using Tensor output = DropoutPlan.Create(Options, 12).Apply(input, keys);

        Bits.AreEqual<float>(
            TensorCase.Expected(Options, keys, TensorCase.Values<float>(input)), TensorCase.Values<float>(output));
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void Gradients_flow_through_kept_values_times_the_scale(string device)
    {
        foreach (DropoutOptions options in new[]
        {
            Options,
            Options with { Scaling = DropoutScaling.None },
            Options with { Fill = DropoutFill.Missing, Scaling = DropoutScaling.None },
            Options with { Fill = DropoutFill.Constant(3), Scaling = DropoutScaling.None },
            Options with { Rate = null, Rates = [0, 0.5, 0.9] },
            Options with { RowProbability = 0.5 },
        })
        {
            MaskKey[] keys = TensorCase.Keys(30);
            var plan = DropoutPlan.Create(options, 12);
            using Tensor input = rand([30, 4, 3], device: torch.device(device), requires_grad: true);
            using Tensor output = plan.Apply(input, keys);
            using Tensor weights = rand([30, 4, 3], device: torch.device(device));
            using Tensor kept = output.nan_to_num(0) * weights;
            kept.sum().backward();

            float[] weight = TensorCase.Values<float>(weights);
            float[] gradient = TensorCase.Values<float>(input.grad!);
            var mask = new bool[3];
            for (int row = 0; row < keys.Length; row++)
            {
                bool touched = plan.DrawMask(keys[row], mask);
                for (int i = 0; i < 12; i++)
                {
                    float scale = !mask[i % 3] ? 0 : touched ? plan.GetScale(i % 3) : 1;
                    Assert.AreEqual(weight[(row * 12) + i] * scale, gradient[(row * 12) + i], $"{plan}, row {row}, element {i}");
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_mask_broadcasts_to_the_rows(string device)
    {
        var plan = DropoutPlan.Create(Options, 12);
        MaskKey[] keys = TensorCase.Keys(50);
        using Tensor mask = plan.DrawMask(keys, torch.device(device));

        CollectionAssert.AreEqual(new long[] { 50, 1, 3 }, mask.shape);
        Assert.AreEqual(ScalarType.Bool, mask.dtype);
        CollectionAssert.AreEqual(
            keys.SelectMany(key => ReferenceDropout.Mask(Options, key, 3)).ToArray(), TensorCase.Values<bool>(mask));
    }

    [TestMethod]
    public void Leaves_no_tensor_behind()
    {
        var plan = DropoutPlan.Create(Options, 12);
        using Tensor whole = rand([5, 3, 4], requires_grad: true);
        using Tensor acrossMemory = whole.transpose(1, 2);
        using Tensor apart = whole.detach().clone();
        using Tensor half = apart.to(ScalarType.BFloat16);

        // A gradient, which stays until the next one, must not be another test's.
        plan.Apply(whole, TensorCase.Keys(5)).Dispose();
        long before = TensorCase.CountTensors();

        foreach (Tensor input in new[] { whole, acrossMemory, apart, half })
            plan.Apply(input, TensorCase.Keys(5)).Dispose();
        plan.DrawMask(TensorCase.Keys(5)).Dispose();

        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    public void Refuses_what_does_not_fit_and_names_the_shape()
    {
        var plan = DropoutPlan.Create(Options, 12);
        using Tensor rows = zeros([4, 12]);
        using Tensor integers = zeros([5, 12], ScalarType.Int32);
        using Tensor number = zeros([]);
        void Refuses(Tensor input, string message) => Assert.Contains(
            message,
            Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(input, TensorCase.Keys(5))).Message);

        Refuses(rows, "The tensor is of shape [4, 12]; allowed is 5 rows, one for each key, of 12 elements");
        Refuses(number, "The tensor is of shape []");
        Refuses(integers, "The tensor of shape [5, 12] is of type Int32; allowed are Float32, Float64, Float16 and BFloat16.");
        Assert.StartsWith(
            "65536 rows have masks of 65536 elements each, but at most",
            Assert.ThrowsExactly<ArgumentException>(() => DropoutPlan.Create(new() { PerElement = true, Seed = 1 }, 65_536)
                .DrawMask(new MaskKey[65_536])).Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => plan.Apply(null!, []));
        Assert.ThrowsExactly<ArgumentNullException>(() => ((DropoutPlan)null!).Apply(rows, []));
    }

    // Constants that differ from the numbers of elements, which count from 1.
    private static DropoutFill Numbered(DropoutFill fill) => fill.Fills is not { } fills
        ? fill
        : DropoutFill.OneOf([.. fills.Select(one => one == DropoutFill.LastValue ? one : DropoutFill.Zero)]);
}
