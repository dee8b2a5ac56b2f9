namespace Examples.Tests;

[TestClass]
public sealed class WearableGeneratorTests
{
    private const int People = 3;

    private readonly DataSet _data = WearableGenerator.Generate(seed: 5, People);

    [TestMethod]
    public void Gives_the_same_recordings_for_the_same_seed()
    {
        DataSet again = WearableGenerator.Generate(seed: 5, People);
        CollectionAssert.AreEqual(AllFeatures(_data.Train), AllFeatures(again.Train));
        CollectionAssert.AreEqual(AllFeatures(_data.Test), AllFeatures(again.Test));
    }

    [TestMethod]
    public void Gives_other_recordings_for_another_seed() =>
        CollectionAssert.AreNotEqual(AllFeatures(_data.Train), AllFeatures(WearableGenerator.Generate(seed: 6, People).Train));

    [TestMethod]
    public void Has_as_many_recordings_of_each_activity()
    {
        foreach (RecordingSet set in (RecordingSet[])[_data.Train, _data.Test])
        {
            int[] counts = [.. set.Recordings.CountBy(recording => recording.Label).Select(group => group.Value)];
            CollectionAssert.AreEqual(new[] { 15, 15, 15, 15 }, counts);
        }
    }

    [TestMethod]
    public void Has_readings_that_a_watch_can_give()
    {
        foreach (Recording recording in _data.Train.Recordings.Concat(_data.Test.Recordings))
        {
            Assert.HasCount(WearableGenerator.Steps * 6, recording.Features);
            Assert.IsTrue(recording.Features.All(float.IsFinite));

            // 16 g and 2000 degrees a second, what such sensors measure.
            Assert.IsTrue(recording.Features.Index().All(item => Math.Abs(item.Item) < (item.Index % 6 < 3 ? 157 : 35)));
        }
    }

    [TestMethod]
    public void Feels_gravity_when_nothing_moves()
    {
        IEnumerable<Recording> standing = _data.Train.Recordings.Where(recording => recording.Label == "standing");
        foreach (Recording recording in standing)
        {
            double meanNorm = recording.Features.Chunk(6).Average(reading => Math.Sqrt(reading[..3].Sum(axis => axis * axis)));
            Assert.AreEqual(9.81, meanNorm, 0.5);
        }
    }

    [TestMethod]
    public void Tests_on_other_people_than_it_trains_on()
    {
        // In all standing recordings the same person would hold the arm alike, within a few degrees.
        double[] train = MeanPosture(_data.Train);
        double[] test = MeanPosture(_data.Test);
        Assert.IsFalse(train.Any(known => test.Any(other => Math.Abs(known - other) < 1e-3)));
        CollectionAssert.AreNotEqual(AllFeatures(_data.Train), AllFeatures(_data.Test));
    }

    private static double[] MeanPosture(RecordingSet set) =>
        [.. set.Recordings.Where(recording => recording.Label == "standing").Chunk(5)
            .Select(person => person.Average(recording => recording.Features.Chunk(6).Average(reading => reading[0])))];

    private static float[] AllFeatures(RecordingSet set) => [.. set.Recordings.SelectMany(recording => recording.Features)];
}
