using System.Text;
using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The functions that make keys, against those of <see cref="MaskKey"/>.</summary>
[TestClass]
public sealed unsafe class KeyTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Const(""),
        Gen.String[Gen.Char.AlphaNumeric, 0, 20],
        Gen.String[Gen.Char["üß語е\0"], 1, 400]);

    [TestMethod]
    public void Row_numbers()
    {
        var keys = Dirty(3);
        fixed (NativeKey* to = keys)
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_row_numbers(ulong.MaxValue - 1, 3, to));
        MaskKey[] expected = [new(ulong.MaxValue - 1), new(ulong.MaxValue), new(0)];
        CollectionAssert.AreEqual(Array.ConvertAll(expected, Clean), keys);
    }

    [TestMethod]
    public void Integers() => Gen.OneOf(Gen.Long, Gen.Long[-1, 1]).Array[0, 50].Sample(values =>
    {
        var keys = Dirty(values.Length);
        fixed (long* from = values)
        fixed (NativeKey* to = keys)
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_int64(from, values.Length, to));
        CollectionAssert.AreEqual(Array.ConvertAll(values, value => Clean(MaskKey.FromInteger(value))), keys);
    });

    [TestMethod]
    public void Texts_and_slices_of_them() => Gen.Select(Texts.Array[0, 50], Gen.Int[0, 50]).Sample((texts, skipped) =>
    {
        int first = Math.Min(skipped, texts.Length);
        NativeKey[] expected = [.. texts.Skip(first).Select(text => Clean(MaskKey.FromText(text)))];
        byte[] data = Encoding.UTF8.GetBytes(string.Concat(texts));
        int[] offsets = [0, .. texts.Select((text, i) => texts.Take(i + 1).Sum(Encoding.UTF8.GetByteCount))];

        CollectionAssert.AreEqual(expected, FromUtf8(data, offsets[first..]));
        CollectionAssert.AreEqual(expected, FromLargeUtf8(data, [.. offsets[first..].Select(offset => (long)offset)]));
    });

    [TestMethod]
    public void The_known_answers_of_the_definition()
    {
        NativeKey[] keys = FromUtf8([.. "session 7"u8], [0, 9, 9]);
        Assert.AreEqual(new NativeKey(0x96553ec1724c77fc, 0xe190762b8bbedc8d, 0, 0), keys[0]);
        Assert.AreEqual(Clean(MaskKey.FromText("")), keys[1]);
    }

    [TestMethod]
    public void Offsets_beyond_32_bits()
    {
        // An address that only row 0 may use, at which there is a text only 5 GB later.
        const long Far = 5L << 30;
        byte[] text = [.. "session 7"u8];
        var key = default(NativeKey);
        fixed (byte* from = text)
        {
            long* offsets = stackalloc long[] { Far, Far + text.Length };
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8_large(from - Far, offsets, 1, &key));
        }

        Assert.AreEqual(Clean(MaskKey.FromText("session 7")), key);
    }

    [TestMethod]
    public void No_rows_need_no_memory()
    {
        NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_row_numbers(0, 0, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_int64(null, 0, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8(null, null, 0, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8_large(null, null, 0, null));
    }

    [TestMethod]
    public void Empty_texts_need_no_data()
    {
        int* offsets = stackalloc int[] { 0, 0, 0 };
        var keys = Dirty(2);
        fixed (NativeKey* to = keys)
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8(null, offsets, 2, to));
        CollectionAssert.AreEqual(new[] { Clean(MaskKey.FromText("")), Clean(MaskKey.FromText("")) }, keys);
    }

    [TestMethod]
    [DataRow(new[] { -1, 2 }, "offsets[0] must be at least 0, but is -1.")]
    [DataRow(new[] { 0, 4, 3 }, "offsets[2] must be at least 4, as offsets[1] is, but is 3.")]
    [DataRow(new[] { 0, 1, 4 }, "The text of row 1 is not UTF-8.")]
    [DataRow(new[] { 0, 3, 4 }, "The text of row 0 is not UTF-8.")]
    public void Bad_offsets_and_bad_texts_are_refused(int[] offsets, string message)
    {
        // An a, and a character of three bytes.
        byte[] data = [.. "a語"u8];
        data[3] = offsets is [0, 1, 4] ? (byte)'b' : data[3];
        Assert.AreEqual(message, Refusal(() => FromUtf8(data, offsets)));
        Assert.AreEqual(message, Refusal(() => FromLargeUtf8(data, Array.ConvertAll(offsets, offset => (long)offset))));
    }

    [TestMethod]
    public void A_text_that_no_span_can_hold_is_refused() => Assert.AreEqual(
        "The text of row 0 must have at most 2147483647 bytes, but has 2147483648.",
        Refusal(() => FromLargeUtf8([0], [0, 1L << 31])));

    [TestMethod]
    public void Texts_without_data_are_refused() => Assert.AreEqual(
        "data is NULL, but the text of row 1 has 2 bytes.", Refusal(() => FromUtf8(null, [0, 0, 2])));

    private static NativeKey[] FromUtf8(byte[]? data, int[] offsets)
    {
        var keys = Dirty(offsets.Length - 1);
        fixed (byte* from = data)
        fixed (int* at = offsets)
        fixed (NativeKey* to = keys)
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8(from, at, keys.Length, to));
        return keys;
    }

    private static NativeKey[] FromLargeUtf8(byte[]? data, long[] offsets)
    {
        var keys = Dirty(offsets.Length - 1);
        fixed (byte* from = data)
        fixed (long* at = offsets)
        fixed (NativeKey* to = keys)
            NativeException.ThrowIfFailed(NativeMethods.sd_keys_from_utf8_large(from, at, keys.Length, to));
        return keys;
    }

    // All bits set, to see that all are written.
    private static NativeKey[] Dirty(int count)
    {
        var keys = new NativeKey[count];
        Array.Fill(keys, new NativeKey(ulong.MaxValue, ulong.MaxValue, uint.MaxValue, uint.MaxValue));
        return keys;
    }

    private static NativeKey Clean(MaskKey key) => NativeKey.From(key) with { Reserved = 0 };

    private static string Refusal(Action action)
    {
        NativeException refused = Assert.ThrowsExactly<NativeException>(action);
        Assert.AreEqual(NativeException.InvalidArgument, refused.Status);
        return refused.Message;
    }
}
