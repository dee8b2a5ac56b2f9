using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Calls with bad arguments are refused. They write nothing and do not harm the process.</summary>
[TestClass]
public sealed unsafe class RefusalTests : IDisposable
{
    private const long TooMany = long.MaxValue / 12;

    private readonly NativePlan _plan = new("""{ "Channels": 6, "Seed": 7 }""", 6);

    public void Dispose() => _plan.Dispose();

    [TestMethod]
    public void Creating_a_plan()
    {
        fixed (byte* json = "{ \"PerElement\": true, \"Seed\": 7 }"u8)
        {
            nint plan = 5;
            Refuses(NativeMethods.sd_plan_create(json, 6, null), "plan is NULL.");
            Refuses(NativeMethods.sd_plan_create(null, 6, &plan), "options_json is NULL.");
            Assert.AreEqual(0, plan);
            foreach (long length in new[] { 0, -1, 1L << 31, (1L << 32) + 1, long.MinValue })
            {
                Refuses(
                    NativeMethods.sd_plan_create(json, length, &plan), $"length must be from 1 to 2147483647, but is {length}.");
            }
        }
    }

    [TestMethod]
    public void What_is_no_plan()
    {
        const string NoPlan = "plan is no plan: sd_plan_create has not made it, or sd_plan_free has freed it.";
        const string Null = "plan is NULL. Make one with sd_plan_create.";
        var freed = new NativePlan("""{ "PerElement": true, "Seed": 7 }""", 6);
        freed.Dispose();
        long length = 5;
        var key = default(NativeKey);
        double* values = stackalloc double[6];
        foreach ((nint plan, string message) in new[] { (0, Null), (freed.Handle, NoPlan), ((nint)values, NoPlan), (-1, NoPlan) })
        {
            Refuses(NativeMethods.sd_plan_length(plan, &length), message);
            Refuses(NativeMethods.sd_plan_mask_length(plan, &length), message);
            Refuses(NativeMethods.sd_draw_masks(plan, &key, 1, (byte*)values), message);
            Refuses(NativeMethods.sd_apply_f32(plan, &key, 1, (float*)values, (float*)values), message);
            Refuses(NativeMethods.sd_apply_f64(plan, &key, 1, values, values), message);
            Refuses(NativeMethods.sd_expand_f32(plan, &key, 1, 1, 0, (float*)values, (float*)values), message);
            Refuses(NativeMethods.sd_expand_f64(plan, &key, 1, 1, 0, values, values), message);
            if (plan != 0)
                Refuses(NativeMethods.sd_plan_free(plan), message);
        }

        Assert.AreEqual(5, length);
        Assert.AreEqual(0, NativeMethods.sd_plan_free(0));
    }

    [TestMethod]
    public void Null_where_there_must_be_memory()
    {
        var key = default(NativeKey);
        double* rows = stackalloc double[12];
        nint plan = _plan.Handle;
        Refuses(NativeMethods.sd_plan_length(plan, null), "length is NULL.");
        Refuses(NativeMethods.sd_plan_mask_length(plan, null), "mask_length is NULL.");
        int* offsets = stackalloc int[2];
        RefusesNull("keys", NativeMethods.sd_keys_from_row_numbers(0, 1, null));
        RefusesNull("values", NativeMethods.sd_keys_from_int64(null, 1, &key));
        RefusesNull("keys", NativeMethods.sd_keys_from_int64((long*)rows, 1, null));
        RefusesNull("offsets", NativeMethods.sd_keys_from_utf8(null, null, 1, &key));
        RefusesNull("keys", NativeMethods.sd_keys_from_utf8(null, offsets, 1, null));
        RefusesNull("offsets", NativeMethods.sd_keys_from_utf8_large(null, null, 1, &key));
        RefusesNull("keys", NativeMethods.sd_draw_masks(plan, null, 1, (byte*)rows));
        RefusesNull("keep", NativeMethods.sd_draw_masks(plan, &key, 1, null));
        RefusesNull("keys", NativeMethods.sd_apply_f32(plan, null, 1, (float*)rows, (float*)rows));
        RefusesNull("source", NativeMethods.sd_apply_f32(plan, &key, 1, null, (float*)rows));
        RefusesNull("destination", NativeMethods.sd_apply_f32(plan, &key, 1, (float*)rows, null));
        RefusesNull("source", NativeMethods.sd_apply_f64(plan, &key, 1, null, null));
        RefusesNull("keys", NativeMethods.sd_expand_f32(plan, null, 1, 1, 0, (float*)rows, (float*)rows + 6));
        RefusesNull("source", NativeMethods.sd_expand_f32(plan, &key, 1, 1, 0, null, (float*)rows));
        RefusesNull("destination", NativeMethods.sd_expand_f64(plan, &key, 1, 1, 0, rows, null));
    }

    [TestMethod]
    public void Counts_that_are_negative_or_too_large()
    {
        var key = default(NativeKey);
        double* rows = stackalloc double[12];
        long* offsets = stackalloc long[2];
        nint plan = _plan.Handle;
        (long Rows, string Message)[] refused =
            [(-1, "rows must be at least 0, but is -1."), (TooMany, "rows is 768614336404564650. At ")];
        foreach ((long count, string message) in refused)
        {
            Refuses(NativeMethods.sd_keys_from_row_numbers(0, count, &key), message);
            Refuses(NativeMethods.sd_keys_from_int64((long*)rows, count, &key), message);
            Refuses(NativeMethods.sd_keys_from_utf8(null, (int*)offsets, count, &key), message);
            Refuses(NativeMethods.sd_keys_from_utf8_large(null, offsets, count, &key), message);
            Refuses(NativeMethods.sd_draw_masks(plan, &key, count, (byte*)rows), message);
            Refuses(NativeMethods.sd_apply_f32(plan, &key, count, (float*)rows, (float*)rows), message);
            Refuses(NativeMethods.sd_apply_f64(plan, &key, count, rows, rows), message);
            Refuses(NativeMethods.sd_expand_f32(plan, &key, count, 1, 0, (float*)rows, (float*)rows), message);
            Refuses(NativeMethods.sd_expand_f64(plan, &key, count, 1, 0, rows, rows), message);
        }

        Refuses(
            NativeMethods.sd_expand_f64(plan, &key, TooMany / 8, 8, 0, rows, rows + 6),
            "rows is 96076792050570581. At 384 bytes a row, destination cannot be so large.");
        foreach (long copies in new[] { 0, -1, long.MinValue })
            Refuses(
                NativeMethods.sd_expand_f64(plan, &key, 1, copies, 1, rows, rows + 6),
                $"copies must be at least 1, but is {copies}.");
        foreach (long copies in new[] { long.MaxValue, long.MaxValue / 48 })
            Refuses(
                NativeMethods.sd_expand_f64(plan, &key, 1, copies, 1, rows, rows + 6),
                $"copies is {copies}. At 48 bytes a copy, destination cannot be so large.");
    }

    [TestMethod]
    public void No_rows_need_no_memory()
    {
        nint plan = _plan.Handle;
        NativeException.ThrowIfFailed(NativeMethods.sd_draw_masks(plan, null, 0, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_apply_f32(plan, null, 0, null, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_apply_f64(plan, null, 0, null, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_expand_f32(plan, null, 0, 1, 1, null, null));
        NativeException.ThrowIfFailed(NativeMethods.sd_expand_f64(plan, null, 0, 1, 1, null, null));
    }

    [TestMethod]
    public void Memory_that_overlaps_in_part()
    {
        double[] memory = [.. Enumerable.Range(0, 36).Select(value => (double)value)];
        double[] before = [.. memory];
        MaskKey[] keys = [new(1), new(2)];
        foreach (int shift in new[] { -11, -1, 1, 11 })
        {
            Assert.AreEqual(
                "destination overlaps source.",
                Assert.ThrowsExactly<NativeException>(
                    () => _plan.Apply<double>(keys, memory.AsSpan(12, 12), memory.AsSpan(12 + shift, 12))).Message);
            CollectionAssert.AreEqual(before, memory);
        }

        // The same memory is no overlap in part for apply. For expand it is.
        foreach (int shift in new[] { -11, 0, 11 })
        {
            Assert.AreEqual(
                "destination overlaps source.",
                Assert.ThrowsExactly<NativeException>(() => _plan.Expand<double>(
                    keys, 1, keepOriginal: false, memory.AsSpan(12, 12), memory.AsSpan(12 + shift, 12))).Message);
            CollectionAssert.AreEqual(before, memory);
        }

        // Neighbours do not overlap.
        _plan.Apply<double>(keys, memory.AsSpan(12, 12), memory.AsSpan(0, 12));
        _plan.Apply<double>(keys, memory.AsSpan(12, 12), memory.AsSpan(24, 12));
        CollectionAssert.AreEqual(memory[..12], memory[24..]);
    }

    [TestMethod]
    public void A_fill_that_only_doubles_can_hold()
    {
        using var large = new NativePlan("""{ "PerElement": true, "Rate": 1, "Fill": 1e300, "Seed": 7 }""", 1);
        Assert.AreEqual(
            "Fill must be a constant that fits into a Single, the element type of the rows, but is 1E+300.",
            Assert.ThrowsExactly<NativeException>(() => large.Apply([new MaskKey(1)], [1f])).Message);
        Assert.AreEqual(1e300, large.Apply([new MaskKey(1)], [1d])[0]);
    }

    [TestMethod]
    public void An_error_stays_until_the_next_one()
    {
        Assert.ThrowsExactly<NativeException>(() => new NativePlan("{}", 0));
        string first = LastError();
        _plan.Apply([new MaskKey(1)], new float[6]);
        Assert.AreEqual(first, LastError());
        Assert.ThrowsExactly<NativeException>(() => new NativePlan("[]", 6));
        Assert.AreEqual("The options must be a JSON object, but are [].", LastError());
    }

    [TestMethod]
    public void A_text_that_quotes_much_is_cut()
    {
        string text = Assert.ThrowsExactly<NativeException>(
            () => new NativePlan($$"""{ "Fill": "{{new string('ü', 100_000)}}" }""", 6)).Message;
        Assert.HasCount(2003, text);
        StringAssert.EndsWith(text, "üüü...");
    }

    private static void RefusesNull(string name, int status) => Refuses(status, $"{name} is NULL, but rows is 1.");

    private static void Refuses(int status, string message)
    {
        Assert.AreEqual(NativeException.InvalidArgument, status, message);
        StringAssert.StartsWith(LastError(), message);
    }

    private static string LastError() => Marshal.PtrToStringUTF8((nint)NativeMethods.sd_last_error())!;
}
