using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The layer: masks of the plan, new in every step; gradients; what state_dict keeps.</summary>
[TestClass]
public sealed class SpatialDropout1dTests
{
    private const int Steps = 10;
    private const int Channels = 4;

    public static IEnumerable<object[]> AllDevices => Devices.All.Select(device => new object[] { device });

    public static IEnumerable<object[]> DevicesAndLayouts =>
        from device in Devices.All
        from layout in Enum.GetValues<ChannelLayout>()
        select new object[] { device, layout };

    [TestMethod]
    [DynamicData(nameof(DevicesAndLayouts))]
    public void In_training_each_step_has_the_masks_of_the_plan(string device, ChannelLayout layout)
    {
        using var layer = new SpatialDropout1d(0.3, layout, seed: 5);
        DropoutOptions options =
            new() { Channels = Channels, Layout = layout, Rate = 0.3, Scaling = DropoutScaling.Inverted, Seed = 5 };
        ulong samples = 0;
        foreach (int batch in new[] { 7, 1, 16 })
        {
            using Tensor input = Input(device, layout, batch);
            using Tensor output = layer.forward(input);

            CollectionAssert.AreEqual(input.shape, output.shape);
            Assert.AreEqual(input.device_type, output.device_type);
            TensorCase.AreEqual<float>(
                TensorCase.Expected(options, TensorCase.Keys(batch, samples), TensorCase.Values<float>(input)),
                TensorCase.Values<float>(output), device, $"after {samples} samples:");
            samples += (ulong)batch;
            Assert.AreEqual((long)samples, layer.SamplesSeen);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void In_evaluation_it_gives_the_input_back(string device)
    {
        using var layer = new SpatialDropout1d(0.9, seed: 5);
        layer.eval();
        using Tensor input = Input(device);
        using (Tensor output = layer.forward(input))
            Bits.AreEqual<float>(TensorCase.Values<float>(input), TensorCase.Values<float>(output));
        Assert.AreEqual(0, layer.SamplesSeen);
        Assert.IsFalse(input.IsInvalid, "disposing the output leaves the input alone");

        layer.train();
        using Tensor dropped = layer.forward(input);
        CollectionAssert.AreNotEqual(TensorCase.Values<float>(input), TensorCase.Values<float>(dropped));
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    [DataRow(ScalarType.Float16)]
    [DataRow(ScalarType.BFloat16)]
    public void Whole_channels_drop_and_the_rest_is_scaled_in_every_type(ScalarType type)
    {
        foreach (string device in Devices.All)
        {
            using var layer = new SpatialDropout1d(0.5, seed: 3);
            using Tensor input = ones([64, Steps, Channels], type, torch.device(device));
            using Tensor output = layer.forward(input);
            Assert.AreEqual(type, output.dtype);

            using Tensor exact = output.to(ScalarType.Float32);
            float[] values = TensorCase.Values<float>(exact);
            int dropped = 0;
            for (int sample = 0; sample < 64; sample++)
            {
                for (int channel = 0; channel < Channels; channel++)
                {
                    float first = values[(sample * Steps * Channels) + channel];
                    Assert.IsTrue(first is 0 or 2, $"{first}");
                    for (int step = 1; step < Steps; step++)
                        Assert.AreEqual(first, values[(((sample * Steps) + step) * Channels) + channel]);
                    dropped += first == 0 ? 1 : 0;
                }
            }

            Assert.IsInRange(80, 176, dropped); // 128 of 256, 6 standard deviations
        }
    }

    // Central differences of a sum whose weights differ, against autograd; the masks must be the same in both runs.
    [TestMethod]
    [DynamicData(nameof(DevicesAndLayouts))]
    public void Gradients_are_those_of_finite_differences(string device, ChannelLayout layout)
    {
        using Tensor point = Input(device, layout, batch: 3, odd: false).to(ScalarType.Float64);
        using Tensor weights = rand_like(point);
        double Loss(Tensor input)
        {
            using var layer = new SpatialDropout1d(0.4, layout, seed: 8);
            using Tensor output = layer.forward(input);
            return (output * output * weights).sum().item<double>();
        }

        using Tensor input = point.detach().clone().requires_grad_(true);
        using (var layer = new SpatialDropout1d(0.4, layout, seed: 8))
        {
            using Tensor output = layer.forward(input);
            (output * output * weights).sum().backward();
        }

        double[] gradient = TensorCase.Values<double>(input.grad!);
        const double Distance = 1e-4;
        using Tensor flat = point.reshape(-1);
        int zeros = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            using Tensor above = flat.clone();
            using Tensor below = flat.clone();
            above[i] += Distance;
            below[i] -= Distance;
            double numeric = (Loss(above.view(point.shape)) - Loss(below.view(point.shape))) / (2 * Distance);
            Assert.AreEqual(numeric, gradient[i], 1e-6, $"element {i}");
            zeros += gradient[i] == 0 ? 1 : 0;
        }

        Assert.IsInRange(1, gradient.Length - 1, zeros);
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void In_place_changes_the_input_itself_and_has_the_same_gradients(string device)
    {
        using var layer = new SpatialDropout1d(0.4, seed: 8);
        using var changing = new SpatialDropout1d(0.4, seed: 8, inplace: true);
        using Tensor input = Input(device, odd: false);
        using Tensor expected = layer.forward(input);
        using Tensor changed = input.clone();
        using (Tensor output = changing.forward(changed))
            Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(output));
        Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(changed));

        float[] Gradient(SpatialDropout1d dropout)
        {
            using Tensor leaf = input.clone().requires_grad_(true);
            using Tensor middle = leaf * 3;
            using Tensor output = dropout.forward(middle);
            (output * output).sum().backward();
            return TensorCase.Values<float>(leaf.grad!);
        }

        CollectionAssert.AreEqual(Gradient(layer), Gradient(changing));
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_resumed_training_goes_on_with_the_masks_it_would_have_had(string device)
    {
        using var layer = new SpatialDropout1d(0.5, persistent: true);
        using var network = nn.Sequential(("dropout", layer), ("linear", nn.Linear(Channels, 2)));
        network.to(device);
        using Tensor input = Input(device, odd: false);
        for (int step = 0; step < 3; step++)
            network.forward(input).Dispose();

        using var saved = new MemoryStream();
        network.save(saved);
        using var file = new MemoryStream(saved.ToArray());
        using var resumed = new SpatialDropout1d(0.5, persistent: true);
        using var other = nn.Sequential(("dropout", resumed), ("linear", nn.Linear(Channels, 2)));
        other.to(device);
        other.load(file);

        Assert.AreEqual(layer.Seed, resumed.Seed);
        Assert.AreEqual(3 * input.shape[0], resumed.SamplesSeen);
        for (int step = 0; step < 3; step++)
        {
            using Tensor expected = layer.forward(input);
            using Tensor actual = resumed.forward(input);
            Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(actual), $"step {step}:");
        }
    }

    [TestMethod]
    public void State_dict_has_seed_and_count_and_loads_them()
    {
        using var layer = new SpatialDropout1d(0.5, seed: -7, persistent: true);
        using Tensor input = Input("cpu");
        layer.forward(input).Dispose();
        Dictionary<string, Tensor> state = layer.state_dict();
        CollectionAssert.AreEqual(new[] { "masks" }, state.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { -7, input.shape[0] }, TensorCase.Values<long>(state["masks"]));

        using var other = new SpatialDropout1d(0.5, seed: 1, persistent: true);
        other.load_state_dict(state);
        Assert.AreEqual((-7, input.shape[0]), (other.Seed, other.SamplesSeen));
    }

    [TestMethod]
    public void The_state_stays_integers_on_the_cpu_wherever_the_network_goes()
    {
        using var layer = new SpatialDropout1d(0.5, seed: 12, persistent: true);
        foreach (string device in Devices.All)
        {
            layer.to(torch.device(device));
            layer.to(ScalarType.BFloat16);
            layer.to(ScalarType.Float64);
            Assert.AreEqual((12, 0L), (layer.Seed, layer.SamplesSeen));
            Tensor state = layer.get_buffer("masks")!;
            Assert.AreEqual((DeviceType.CPU, ScalarType.Int64), (state.device_type, state.dtype));
        }
    }

    [TestMethod]
    public void Torchs_own_seed_makes_a_run_repeatable_and_each_layer_its_own()
    {
        manual_seed(3);
        using var first = new SpatialDropout1d();
        using var second = new SpatialDropout1d();
        manual_seed(3);
        using var again = new SpatialDropout1d();

        Assert.AreEqual(first.Seed, again.Seed);
        Assert.AreNotEqual(first.Seed, second.Seed);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    public void Rate_0_changes_nothing_and_rate_1_drops_everything(double rate)
    {
        using var layer = new SpatialDropout1d(rate, seed: 1);
        using Tensor input = Input("cpu");
        using Tensor output = layer.forward(input);

        Bits.AreEqual<float>(
            rate == 0 ? TensorCase.Values<float>(input) : new float[input.numel()], TensorCase.Values<float>(output));
    }

    [TestMethod]
    public void Shapes_may_change_from_step_to_step_and_an_empty_batch_is_one()
    {
        using var layer = new SpatialDropout1d(0.5, seed: 4);
        foreach (long[] shape in new long[][] { [3, 5, 2], [2, 7, 2], [2, 7, 9], [0, 7, 9], [4, 1, 1] })
        {
            using Tensor input = rand(shape);
            ulong samples = (ulong)layer.SamplesSeen;
            using Tensor output = layer.forward(input);
            CollectionAssert.AreEqual(shape, output.shape);
            if (shape[0] > 0)
                Bits.AreEqual<float>(
                    TensorCase.Expected(
                        new() { Channels = (int)shape[2], Rate = 0.5, Scaling = DropoutScaling.Inverted, Seed = 4 },
                        TensorCase.Keys((int)shape[0], samples), TensorCase.Values<float>(input)),
                    TensorCase.Values<float>(output));
        }
    }

    [TestMethod]
    public void A_training_leaves_no_tensor_behind()
    {
        using var layer = new SpatialDropout1d(0.5, seed: 4);
        using var changing = new SpatialDropout1d(0.5, seed: 4, inplace: true);
        using Tensor input = rand([8, Steps, Channels], requires_grad: true);
        void Step(SpatialDropout1d dropout)
        {
            using Tensor middle = input * 2;
            using Tensor output = dropout.forward(middle);
            using Tensor sum = output.sum();
            sum.backward();
        }

        // The first backward pass creates the gradient's tensor.
        Step(layer);
        long before = TensorCase.CountTensors();
        for (int i = 0; i < 20; i++)
        {
            Step(layer);
            Step(changing);
        }

        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    public void A_layer_outlives_the_scope_it_was_made_in()
    {
        SpatialDropout1d layer;
        using (NewDisposeScope())
            layer = new SpatialDropout1d(0.5, seed: 4);

        using (layer)
        {
            using Tensor input = ones([2, Steps, Channels]);
            layer.forward(input).Dispose();
            Assert.AreEqual((4, 2L), (layer.Seed, layer.SamplesSeen));
        }
    }

    [TestMethod]
    public void A_step_that_failed_can_be_repeated_with_the_same_masks()
    {
        using var layer = new SpatialDropout1d(0.5, seed: 4, inplace: true);
        using Tensor leaf = ones([2, Steps, Channels], requires_grad: true);

        Assert.Throws<Exception>(() => layer.forward(leaf), "torch changes no leaf that requires a gradient");
        Assert.AreEqual(0, layer.SamplesSeen);
    }

    [TestMethod]
    public void Refuses_what_does_not_fit_and_names_the_shape()
    {
        using var timeFirst = new SpatialDropout1d();
        using var channelsFirst = new SpatialDropout1d(layout: ChannelLayout.ChannelsFirst);
        using Tensor flat = zeros([4, 12]);
        using Tensor integers = zeros([4, 3, 2], ScalarType.Int64);
        void Refuses(SpatialDropout1d layer, Tensor input, string message) => Assert.AreEqual(
            $"{message} (Parameter 'input')", Assert.ThrowsExactly<ArgumentException>(() => layer.forward(input)).Message);

        Refuses(timeFirst, flat, "The tensor is of shape [4, 12]; allowed is [batch, time, channels].");
        Refuses(channelsFirst, flat, "The tensor is of shape [4, 12]; allowed is [batch, channels, time].");
        Refuses(
            timeFirst, integers,
            "The tensor of shape [4, 3, 2] is of type Int64; allowed are Float32, Float64, Float16 and BFloat16.");
        Assert.ThrowsExactly<ArgumentNullException>(() => timeFirst.forward(null!));

        // An expanded tensor has one element in memory.
        using Tensor element = zeros([1]);
        using Tensor large = element.expand(1, 65_537, 65_536);
        Refuses(
            timeFirst, large,
            $"The tensor is of shape [1, 65537, 65536]; allowed is one of at most {Array.MaxLength} elements a sample.");
        Assert.AreEqual(0, timeFirst.SamplesSeen);
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.5)]
    [DataRow(double.NaN)]
    public void Refuses_a_rate_that_is_no_probability(double rate)
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SpatialDropout1d(rate));
        Assert.Contains("Rate must be a probability from 0 to 1", exception.Message);
    }

    [TestMethod]
    public void Shows_itself()
    {
        using var layer = new SpatialDropout1d(0.25, ChannelLayout.ChannelsFirst, seed: 6, inplace: true);
        Assert.AreEqual("SpatialDropout1d(rate=0.25, layout=ChannelsFirst, seed=6, inplace=True)", layer.ToString());
        Assert.AreEqual(
            (0.25, ChannelLayout.ChannelsFirst, 6, true), (layer.Rate, layer.Layout, layer.Seed, layer.Inplace));
        using var plain = new SpatialDropout1d();
        Assert.AreEqual((0.5, ChannelLayout.ChannelsLast, false), (plain.Rate, plain.Layout, plain.Inplace));
    }

    private static Tensor Input(
        string device, ChannelLayout layout = ChannelLayout.ChannelsLast, int batch = 6, bool odd = true)
    {
        long[] shape = layout == ChannelLayout.ChannelsLast ? [batch, Steps, Channels] : [batch, Channels, Steps];
        return odd ? TensorCase.Odd(device, shape) : rand(shape, device: torch.device(device));
    }
}
