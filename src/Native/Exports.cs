using System.Reflection;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>The functions of the library, as <c>spatial_dropout.h</c> declares and describes them.</summary>
/// <remarks>An exception that left one of them would end the caller's process, so each catches all.</remarks>
internal static unsafe class Exports
{
    // Without the commit, which .NET appends.
    private static readonly Lazy<nint> Version = new(() => Marshal.StringToCoTaskMemUTF8(
        typeof(Exports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0]));

    [UnmanagedCallersOnly(EntryPoint = "sd_version")]
    public static nint GetVersion()
    {
        try
        {
            return Version.Value;
        }
        catch (Exception error)
        {
            LastError.Set(error);
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_last_error")]
    public static byte* GetLastError() => LastError.Text;

    [UnmanagedCallersOnly(EntryPoint = "sd_plan_create")]
    public static Status CreatePlan(byte* json, long length, nint* plan)
    {
        try
        {
            if (plan is null)
                throw new ArgumentException("plan is NULL.");
            *plan = 0;
            if (json is null)
                throw new ArgumentException("options_json is NULL.");
            DropoutOptions options = OptionsJson.Read(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(json));
            if (length is < 1 or > int.MaxValue)
                ThrowHelper.ThrowOutOfRange(nameof(length), length, $"from 1 to {int.MaxValue}");
            *plan = Plans.Add(DropoutPlan.Create(options, (int)length));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_plan_free")]
    public static Status FreePlan(nint plan)
    {
        try
        {
            Plans.Remove(plan);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_plan_length")]
    public static Status GetLength(nint plan, long* length)
    {
        try
        {
            if (length is null)
                throw new ArgumentException("length is NULL.");
            *length = Plans.Get(plan).Length;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_plan_mask_length")]
    public static Status GetMaskLength(nint plan, long* maskLength)
    {
        try
        {
            if (maskLength is null)
                throw new ArgumentException("mask_length is NULL.");
            *maskLength = Plans.Get(plan).MaskLength;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_keys_from_row_numbers")]
    public static Status KeysFromRowNumbers(ulong first, long rows, MaskKey* keys)
    {
        try
        {
            Keys.FromRowNumbers(first, rows, keys);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_keys_from_int64")]
    public static Status KeysFromIntegers(long* values, long rows, MaskKey* keys)
    {
        try
        {
            Keys.FromIntegers(values, rows, keys);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_keys_from_utf8")]
    public static Status KeysFromUtf8(byte* data, int* offsets, long rows, MaskKey* keys)
    {
        try
        {
            Keys.FromUtf8(data, offsets, rows, keys);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_keys_from_utf8_large")]
    public static Status KeysFromLargeUtf8(byte* data, long* offsets, long rows, MaskKey* keys)
    {
        try
        {
            Keys.FromUtf8(data, offsets, rows, keys);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_draw_masks")]
    public static Status DrawMasks(nint plan, MaskKey* keys, long rows, bool* keep)
    {
        try
        {
            Rows.DrawMasks(Plans.Get(plan), keys, rows, keep);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_apply_f32")]
    public static Status ApplySingles(nint plan, MaskKey* keys, long rows, float* source, float* destination)
    {
        try
        {
            DropoutPlan found = Plans.Get(plan);
            Rows.Apply(found.Singles, found.Length, keys, rows, source, destination);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_apply_f64")]
    public static Status ApplyDoubles(nint plan, MaskKey* keys, long rows, double* source, double* destination)
    {
        try
        {
            DropoutPlan found = Plans.Get(plan);
            Rows.Apply(found.Doubles, found.Length, keys, rows, source, destination);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_expand_f32")]
    public static Status ExpandSingles(
        nint plan, MaskKey* keys, long rows, long copies, int keepOriginal, float* source, float* destination)
    {
        try
        {
            DropoutPlan found = Plans.Get(plan);
            Rows.Expand(found.Singles, found.Length, keys, rows, copies, keepOriginal != 0, source, destination);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sd_expand_f64")]
    public static Status ExpandDoubles(
        nint plan, MaskKey* keys, long rows, long copies, int keepOriginal, double* source, double* destination)
    {
        try
        {
            DropoutPlan found = Plans.Get(plan);
            Rows.Expand(found.Doubles, found.Length, keys, rows, copies, keepOriginal != 0, source, destination);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }
}
