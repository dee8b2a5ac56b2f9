using System.Numerics;
using CsCheck;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class ApplyRowsTests
{
    private static readonly DropoutOptions ThreeChannels = new()
    {
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 11,
    };

    [TestMethod]
    public void Equals_the_reference_row_by_row_for_random_options() =>
        Gen.Select(AnyOptions.ForPlans, AnyOptions.MaskKeys, Gen.Int[0, 70]).Sample((sized, first, rows) =>
        {
            (DropoutOptions options, int length) = sized;
            var plan = DropoutPlan.Create(options, length);
            float[] floats = [.. Enumerable.Range(0, rows * length).Select(i => i % 11 == 5 ? float.NaN : i - 3.7f)];
            double[] doubles = [.. floats.Select(value => (double)value)];
            float[] expectedFloats = Expected<float>(options, first, floats, length);
            double[] expectedDoubles = Expected<double>(options, first, doubles, length);

            var dropped = new float[floats.Length];
            plan.ApplyRows(first, floats, dropped);
            Bits.AreEqual<float>(expectedFloats, dropped, $"{rows} rows, {plan}:");

            plan.ApplyRows(first, doubles, doubles);
            Bits.AreEqual<double>(expectedDoubles, doubles, $"{rows} rows in place, {plan}:");
        });

    [TestMethod]
    public void Row_keys_count_on_from_the_last_to_0()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 30);
        float[] rows = Enumerable.Repeat(1f, 90).ToArray();
        var first = new MaskKey(ulong.MaxValue - 1, 5, 2);

        plan.ApplyRows(first, rows, rows);

        for (int i = 0; i < 3; i++)
        {
            float[] row = Enumerable.Repeat(1f, 30).ToArray();
            plan.Apply(first with { Low = unchecked(first.Low + (ulong)i) }, row, row);
            Bits.AreEqual<float>(row, rows.AsSpan(i * 30, 30));
        }
    }

    [TestMethod]
    public void Keys_of_any_order_equal_the_reference_row_by_row() =>
        Gen.Select(AnyOptions.ForPlans, AnyOptions.KeyLists).Sample((sized, keys) =>
        {
            (DropoutOptions options, int length) = sized;
            var plan = DropoutPlan.Create(options, length);
            float[] floats = [.. Enumerable.Range(0, keys.Length * length).Select(i => i % 11 == 5 ? float.NaN : i - 3.7f)];
            double[] doubles = [.. floats.Select(value => (double)value)];
            float[] expectedFloats = Expected<float>(options, keys, floats, length);
            double[] expectedDoubles = Expected<double>(options, keys, doubles, length);

            plan.ApplyRows(keys, floats, floats);
            Bits.AreEqual<float>(expectedFloats, floats, $"{plan}:");

            var dropped = new double[doubles.Length];
            plan.ApplyRows(keys, doubles, dropped);
            Bits.AreEqual<double>(expectedDoubles, dropped, $"{plan}:");
        });

    [TestMethod]
    public void Refuses_keys_and_rows_that_differ_in_number()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 6);
        MaskKey[] keys = [new(1), new(2)];

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => plan.ApplyRows(keys, new float[6], new float[6]));
        Assert.AreEqual("source", refusal.ParamName);
        StringAssert.Contains(refusal.Message, "The span has 6 elements; the plan and the keys are for 12 elements.");
    }

    [TestMethod]
    public void Refuses_what_is_no_whole_number_of_rows_and_writes_nothing()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 6);
        var destination = new float[13];

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => plan.ApplyRows(new MaskKey(0), new float[13], destination));
        Assert.AreEqual("source", refusal.ParamName);
        StringAssert.Contains(refusal.Message, "The span has 13 elements; a row of the plan has 6");

        refusal = Assert.ThrowsExactly<ArgumentException>(() => plan.ApplyRows(new MaskKey(0), new float[12], destination));
        Assert.AreEqual("destination", refusal.ParamName);
        StringAssert.Contains(refusal.Message, "The span has 13 elements; the source has 12");

        float[] rows = [.. Enumerable.Range(0, 18)];
        refusal = Assert.ThrowsExactly<ArgumentException>(
            () => plan.ApplyRows(new MaskKey(0), rows.AsSpan(0, 12), rows.AsSpan(6, 12)));
        Assert.AreEqual("destination", refusal.ParamName);
        CollectionAssert.AreEqual(Enumerable.Range(0, 18).Select(i => (float)i).ToArray(), rows);
        CollectionAssert.AreEqual(new float[13], destination);
    }

    private static T[] Expected<T>(DropoutOptions options, MaskKey first, T[] rows, int length)
        where T : IFloatingPointIeee754<T> =>
        Expected(
            options, [.. rows.Chunk(length).Select((_, i) => first with { Low = unchecked(first.Low + (ulong)i) })],
            rows, length);

    private static T[] Expected<T>(DropoutOptions options, MaskKey[] keys, T[] rows, int length)
        where T : IFloatingPointIeee754<T> =>
        [.. rows.Chunk(length).SelectMany((row, i) => ReferenceDropout.Apply<T>(options, keys[i], row))];
}
