using Microsoft.ML;
using Microsoft.ML.Data;
namespace MLNet.SpatialDropout.Tests;
[TestClass]
public class SmokeTests
{
    public sealed class Row { public float Label { get; set; } [VectorType(6)] public float[] Features { get; set; } = []; }
    [TestMethod]
    public void Smoke()
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) => { if (e.Message.Contains("noise")) Console.WriteLine(e.Message); };
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row { Label = i, Features = [i, 1, 2, 3, 4, 5] }).ToArray());
        var model = ml.Transforms.SpatialDropout("Features", channels: 3, rate: 0.5).Append(ml.Regression.Trainers.Sdca()).Fit(data);
        Console.WriteLine(string.Join(", ", model.LastTransformer.Model.Weights));
        var o = model.First();
        foreach (var r in ml.Data.CreateEnumerable<Row>(((SpatialDropoutTransformer)o).TransformForTraining(data), false).Take(5)) Console.WriteLine(string.Join(", ", r.Features));
        foreach (var r in ml.Data.CreateEnumerable<Row>(o.Transform(data), false).Take(5)) Console.WriteLine(string.Join(", ", r.Features));
        ml.Model.Save(model, data.Schema, "/tmp/probe/m.zip");
        Console.WriteLine(o);
        var x = ml.Transforms.CopyColumns("F2", "Features").Append(ml.Transforms.CopyColumns("L2", "Label").Append(ml.Transforms.SpatialDropout("Features", channels: 3, rate: 0.5))).Append(ml.Regression.Trainers.Sdca());
        Console.WriteLine(Assert.ThrowsExactly<InvalidOperationException>(() => x.Fit(data)).Message);
    }
}
