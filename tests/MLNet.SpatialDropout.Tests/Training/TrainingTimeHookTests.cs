using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TrainingTimeHookTests
{
    [TestMethod]
    public void Emits_a_transformer_that_implements_MLNets_interface()
    {
        Type transformer = TrainingTimeHook.EmitTransformer(typeof(ITransformer).Assembly).DeclaringType!;

        Assert.AreEqual(typeof(SpatialDropoutTransformer), transformer.BaseType);
        Assert.IsTrue(transformer.IsSealed);
        Assert.Contains(
            "Microsoft.ML.ITransformerWithDifferentMappingAtTrainingTime",
            transformer.GetInterfaces().Select(type => type.FullName).ToArray());
    }

    [TestMethod]
    public void An_MLNet_without_the_interface_is_named_with_the_way_out()
    {
        var refusal = Assert.ThrowsExactly<NotSupportedException>(
            () => TrainingTimeHook.EmitTransformer(typeof(object).Assembly));

        StringAssert.Contains(
            refusal.Message,
            "has no Microsoft.ML.ITransformerWithDifferentMappingAtTrainingTime.TransformForTrainingPipeline");
        StringAssert.Contains(refusal.Message, "mlContext.Data.SpatialDropout(view, options)");
    }
}
