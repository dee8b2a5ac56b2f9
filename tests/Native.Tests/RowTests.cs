using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Masks, <c>sd_apply</c> and <c>sd_expand</c> against <see cref="DropoutPlan"/>, bit for bit.</summary>
[TestClass]
public sealed class RowTests
{
    private static readonly DropoutOptions Options = new() { Channels = 6, Rate = 0.5, Seed = 7 };

    // Keys that count up as well as keys that do not.
    private static readonly Gen<MaskKey[]> Keys =
        from first in AnyOptions.MaskKeys
        from steps in Gen.Int[0, 2].Array[0, 20]
        select steps.Select((step, i) => first with { Low = first.Low + (ulong)(i * step) }).ToArray();

    [TestMethod]
    public void Any_options() => Gen.Select(AnyOptions.ForPlans, Keys, Gen.Int[1, 4], Gen.Bool).Sample(
        (sized, keys, copies, keepOriginal) =>
        {
            DropoutPlan plan = DropoutPlan.Create(sized.Options, sized.Length);
            using NativePlan native = NativePlan.Create(sized.Options, sized.Length);

            Assert.AreEqual(plan.Length, native.Length);
            Assert.AreEqual(plan.MaskLength, native.MaskLength);
            CollectionAssert.AreEqual(MasksOf(plan, keys), native.DrawMasks(keys));
            CheckRows<float>(plan, native, keys, copies, keepOriginal);
            CheckRows<double>(plan, native, keys, copies, keepOriginal);
        },
        iter: 1000);

    [TestMethod]
    public void More_rows_than_are_handed_on_at_once() => CheckManyRows(length: 6, rows: 300_001);

    [TestMethod]
    public void Rows_longer_than_what_is_handed_on_at_once() => CheckManyRows(length: 6 * 200_000, rows: 3);

    [TestMethod]
    public void Copies_are_counted_from_that_of_the_key()
    {
        using NativePlan native = NativePlan.Create(Options, 12);
        float[] row = OddValues.Row<float>(12);

        float[] all = native.Expand([new MaskKey(3)], copies: 4, keepOriginal: false, row);
        float[] later = native.Expand([new MaskKey(3, Copy: 2)], copies: 2, keepOriginal: false, row);

        Bits.AreEqual<float>(all.AsSpan(24), later);
        CollectionAssert.AreNotEqual(all[..24], later);
    }

    [TestMethod]
    public void The_last_copy_is_followed_by_the_first()
    {
        using NativePlan native = NativePlan.Create(Options, 12);
        float[] row = OddValues.Row<float>(12);

        float[] copies = native.Expand([new MaskKey(3, Copy: uint.MaxValue)], copies: 2, keepOriginal: false, row);

        Bits.AreEqual<float>(native.Apply([new MaskKey(3, Copy: uint.MaxValue)], row), copies.AsSpan(0, 12));
        Bits.AreEqual<float>(native.Apply([new MaskKey(3)], row), copies.AsSpan(12));
    }

    [TestMethod]
    public void Masks_and_rows_agree()
    {
        using NativePlan native = NativePlan.Create(Options, 6);
        MaskKey[] keys = [.. Enumerable.Range(0, 100).Select(row => new MaskKey((ulong)row))];

        byte[] keep = native.DrawMasks(keys);

        CollectionAssert.AreEqual(
            native.Apply(keys, [.. Enumerable.Repeat(1f, 600)]), Array.ConvertAll(keep, kept => (float)kept));
        CollectionAssert.AreEquivalent(new byte[] { 0, 1 }, keep.Distinct().ToArray());
    }

    private static void CheckManyRows(int length, int rows)
    {
        DropoutPlan plan = DropoutPlan.Create(Options, length);
        using NativePlan native = NativePlan.Create(Options, length);
        CheckRows<float>(
            plan, native, [.. Enumerable.Range(0, rows).Select(row => new MaskKey((ulong)row))], copies: 1, keepOriginal: true);
    }

    private static byte[] MasksOf(DropoutPlan plan, MaskKey[] keys) =>
    [
        .. keys.SelectMany(key =>
        {
            var keep = new bool[plan.MaskLength];
            plan.DrawMask(key, keep);
            return keep.Select(kept => kept ? (byte)1 : (byte)0);
        }),
    ];

    private static void CheckRows<T>(DropoutPlan plan, NativePlan native, MaskKey[] keys, int copies, bool keepOriginal)
        where T : unmanaged
    {
        T[] source = OddValues.Row<T>(plan.Length * keys.Length);
        T[] expected = plan.Apply(keys, source);

        Bits.AreEqual<T>(expected, native.Apply(keys, source), "applied:");
        T[] inPlace = [.. source];
        native.Apply<T>(keys, inPlace, inPlace);
        Bits.AreEqual<T>(expected, inPlace, "in place:");

        T[][] parts =
        [
            .. keepOriginal ? [source] : (T[][])[],
            .. Enumerable.Range(0, copies).Select(copy => plan.Apply(
                Array.ConvertAll(keys, key => key with { Copy = key.Copy + (uint)copy }), source)),
        ];
        T[] expanded = native.Expand(keys, copies, keepOriginal, source);
        Assert.HasCount(source.Length * parts.Length, expanded);
        for (int row = 0; row < keys.Length; row++)
        {
            for (int part = 0; part < parts.Length; part++)
                Bits.AreEqual<T>(
                    parts[part].AsSpan(row * plan.Length, plan.Length),
                    expanded.AsSpan(((row * parts.Length) + part) * plan.Length, plan.Length),
                    $"expanded, row {row}, part {part}:");
        }
    }
}
