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
        Assert.IsNull(options.Channels);
        Assert.AreEqual(ChannelLayout.ChannelsLast, options.Layout);
        Assert.IsNull(options.Shape);
        Assert.IsNull(options.NoiseShape);
        Assert.IsFalse(options.PerElement);
        Assert.IsFalse(options.SharedAcrossRows);
        Assert.IsNull(options.Rate);
        Assert.AreEqual(0.5, SpatialDropoutOptions.DefaultRate);
        Assert.IsNull(options.Rates);
        Assert.IsNull(options.DroppedChannels);
        Assert.AreEqual(0, options.MinKept);
        Assert.AreEqual(1.0, options.RowProbability);
        Assert.IsNull(options.MaskKeyColumnName);
        Assert.IsNull(options.Scaling);
        Assert.AreEqual(DropoutFill.Zero, options.Fill);
        Assert.AreEqual(1, options.Copies);
        Assert.IsFalse(options.KeepOriginal);
        Assert.IsNull(options.Seed);
    }

    [TestMethod]
    public void Of_the_catalog_are_those_of_the_options()
    {
        var options = new SpatialDropoutOptions();
        ParameterInfo[] optional =
        [
            .. typeof(SpatialDropoutCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .SelectMany(method => method.GetParameters()).Where(parameter => parameter.HasDefaultValue),
        ];

        Assert.HasCount(6, optional, "input, rate and seed of SpatialDropout and of Dropout");
        foreach (ParameterInfo parameter in optional)
        {
            object? expected = parameter.Name switch
            {
                "rate" => SpatialDropoutOptions.DefaultRate,
                "inputColumnName" => options.InputColumnName,
                "seed" => options.Seed,
                _ => throw new InvalidOperationException($"{parameter.Name} is new here"),
            };
            Assert.AreEqual(expected, parameter.DefaultValue, parameter.Name);
        }
    }

    [TestMethod]
    public void The_short_forms_set_what_they_say()
    {
        var transforms = new MLContext(1).Transforms;

        Assert.AreEqual(
            new SpatialDropoutOptions { OutputColumnName = "Out", InputColumnName = "In", Channels = 6, Rate = 0.3, Seed = 5 },
            transforms.SpatialDropout("Out", channels: 6, inputColumnName: "In", rate: 0.3, seed: 5).Options);

        Assert.AreEqual(
            new SpatialDropoutOptions
            {
                OutputColumnName = "Out",
                InputColumnName = "In",
                PerElement = true,
                Rate = 0.2,
                Seed = 5,
            },
            transforms.Dropout("Out", "In", rate: 0.2, seed: 5).Options);
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
