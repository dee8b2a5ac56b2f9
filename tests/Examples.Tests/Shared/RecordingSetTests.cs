using CsCheck;

namespace Examples.Tests;

[TestClass]
public sealed class RecordingSetTests
{
    [TestMethod]
    public void Zeroes_the_lost_channels_and_no_other() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 10], Gen.Int[0, 255]).Sample((channels, steps, bits) =>
        {
            int[] lost = [.. Enumerable.Range(0, channels).Where(channel => (bits >> channel & 1) == 1)];
            RecordingSet whole = Create(channels, steps);
            RecordingSet damaged = whole.Without(lost);

            Recording before = whole.Recordings[0];
            Recording after = damaged.Recordings[0];
            IEnumerable<float> expected = before.Features.Select((value, index) => lost.Contains(index % channels) ? 0 : value);
            return after.Features.SequenceEqual(expected) && after.Label == before.Label;
        });

    [TestMethod]
    public void Leaves_the_recordings_it_came_from_alone()
    {
        RecordingSet whole = Create(channels: 2, steps: 3);
        whole.Without([0, 1]);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, whole.Recordings[0].Features);
    }

    private static RecordingSet Create(int channels, int steps) => new(
        [.. Enumerable.Range(1, channels).Select(number => $"channel {number}")],
        steps,
        [new Recording { Label = "A", Features = [.. Enumerable.Range(1, channels * steps).Select(value => (float)value)] }]);
}
