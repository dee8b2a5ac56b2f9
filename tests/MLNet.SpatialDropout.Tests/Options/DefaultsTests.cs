using System.Reflection;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Defaults are promises: options, catalog and documentation say the same.</summary>
[TestClass]
public sealed class DefaultsTests
{
    [TestMethod]
    public void Of_the_options()
    {
        var options = new SpatialDropoutOptions();

        Assert.AreEqual("", options.OutputColumnName);
        Assert.IsNull(options.InputColumnName);
        Assert.IsNull(options.Columns);
        Assert.IsNull(options.Channels);
        Assert.IsNull(options.Groups);
        Assert.AreEqual(ChannelLayout.ChannelsLast, options.Layout);
        Assert.IsNull(options.Shape);
        Assert.IsNull(options.NoiseShape);
        Assert.IsFalse(options.PerElement);
        Assert.IsFalse(options.SharedAcrossRows);
        Assert.IsNull(options.Rate);
        Assert.IsNull(options.Rates);
        Assert.IsNull(options.DroppedChannels);
        Assert.AreEqual(0, options.MinKept);
        Assert.AreEqual(1.0, options.RowProbability);
        Assert.IsNull(options.MaskKeyColumnName);
        Assert.AreEqual(DropoutScaling.None, options.Scaling);
        Assert.AreEqual(DropoutFill.Zero, options.Fill);
        Assert.AreEqual(1, options.Copies);
        Assert.IsFalse(options.KeepOriginal);
        Assert.IsNull(options.Seed);
        Assert.IsNull(options.Backend);
    }

    [TestMethod]
    public void A_plan_without_a_rate_has_that_of_the_options()
    {
        var options = new DropoutOptions { Channels = 1000, Seed = 5 };
        var keep = new bool[1000];
        var expected = new bool[1000];

        DropoutPlan.Create(options, 1000).DrawMask(new MaskKey(3), keep);
        DropoutPlan.Create(options with { Rate = 0.3 }, 1000).DrawMask(new MaskKey(3), expected);

        CollectionAssert.AreEqual(expected, keep);
    }

    [TestMethod]
    public void Of_the_short_forms_are_the_recipe()
    {
        ParameterInfo[] optional =
        [
            .. typeof(SpatialDropoutCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .SelectMany(method => method.GetParameters()).Where(parameter => parameter.HasDefaultValue),
        ];

        Assert.HasCount(
            12, optional, "channels, input, rate, copies and seed of SpatialDropout; the last three of columns; all but channels of Dropout");
        foreach (ParameterInfo parameter in optional)
        {
            object? expected = parameter.Name switch
            {
                "rate" => 0.3,
                "copies" => 4,
                "channels" or "inputColumnName" or "seed" => null,
                _ => throw new InvalidOperationException($"{parameter.Name} is new here"),
            };
            Assert.AreEqual(expected, parameter.DefaultValue, parameter.Name);
        }
    }

    [TestMethod]
    public void The_short_forms_set_what_they_say()
    {
        var transforms = new MLContext(1).Transforms;
        var recipe = new SpatialDropoutOptions
        {
            OutputColumnName = "Out",
            Rate = 0.3,
            Copies = 4,
            KeepOriginal = true,
            Scaling = DropoutScaling.None,
            Seed = 5,
        };

        Assert.AreEqual(recipe with { Channels = 6 }, transforms.SpatialDropout("Out", channels: 6, seed: 5).Options);
        Assert.AreEqual(recipe, transforms.SpatialDropout("Out", seed: 5).Options);
        Assert.AreEqual(
            recipe with { OutputColumnName = "", Columns = ["A", "B"], Rate = 0.4, Copies = 2 },
            transforms.SpatialDropout(["A", "B"], rate: 0.4, copies: 2, seed: 5).Options);
        Assert.AreEqual(recipe with { PerElement = true }, transforms.Dropout("Out", seed: 5).Options);
        Assert.AreEqual(
            recipe with { InputColumnName = "In", Channels = 6, Rate = 0.4, Copies = 2 },
            transforms.SpatialDropout("Out", channels: 6, inputColumnName: "In", rate: 0.4, copies: 2, seed: 5).Options);
        Assert.AreEqual(
            recipe with { InputColumnName = "In", PerElement = true, Rate = 0.2, Copies = 1 },
            transforms.Dropout("Out", "In", rate: 0.2, copies: 1, seed: 5).Options);
    }

    [TestMethod]
    public void Options_compare_by_value_and_show_themselves()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "F", Shape = [4, 3], NoiseShape = [1, 3] };

        Assert.AreEqual(options, options with { Shape = [4, 3] });
        Assert.AreNotEqual(options, options with { Shape = [3, 4] });
        Assert.AreEqual(options.GetHashCode(), (options with { Shape = [4, 3] }).GetHashCode());
        Assert.AreEqual(
            "SpatialDropoutOptions { OutputColumnName = F, Shape = [4, 3], NoiseShape = [1, 3] }", options.ToString());
    }

    [TestMethod]
    [DataRow(0.0, "Zero")]
    [DataRow(-0.0, "Zero")]
    [DataRow(double.NaN, "Missing")]
    [DataRow(-1.5, "-1.5")]
    public void A_constant_that_is_zero_or_NaN_is_that_fill(double value, string expected) =>
        Assert.AreEqual(expected, DropoutFill.Constant(value).ToString());
}
