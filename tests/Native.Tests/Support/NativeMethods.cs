using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The functions that spatial_dropout.h declares.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "spatialdropout";

    [LibraryImport(Library)]
    public static partial byte* sd_version();

    [LibraryImport(Library)]
    public static partial byte* sd_last_error();

    [LibraryImport(Library)]
    public static partial int sd_plan_create(byte* json, long length, nint* plan);

    [LibraryImport(Library)]
    public static partial int sd_plan_free(nint plan);

    [LibraryImport(Library)]
    public static partial int sd_plan_length(nint plan, long* length);

    [LibraryImport(Library)]
    public static partial int sd_plan_mask_length(nint plan, long* maskLength);

    [LibraryImport(Library)]
    public static partial int sd_keys_from_row_numbers(ulong first, long rows, NativeKey* keys);

    [LibraryImport(Library)]
    public static partial int sd_keys_from_int64(long* values, long rows, NativeKey* keys);

    [LibraryImport(Library)]
    public static partial int sd_keys_from_utf8(byte* data, int* offsets, long rows, NativeKey* keys);

    [LibraryImport(Library)]
    public static partial int sd_keys_from_utf8_large(byte* data, long* offsets, long rows, NativeKey* keys);

    [LibraryImport(Library)]
    public static partial int sd_draw_masks(nint plan, NativeKey* keys, long rows, byte* keep);

    [LibraryImport(Library)]
    public static partial int sd_apply_f32(nint plan, NativeKey* keys, long rows, float* source, float* destination);

    [LibraryImport(Library)]
    public static partial int sd_apply_f64(nint plan, NativeKey* keys, long rows, double* source, double* destination);

    [LibraryImport(Library)]
    public static partial int sd_expand_f32(
        nint plan, NativeKey* keys, long rows, long copies, int keepOriginal, float* source, float* destination);

    [LibraryImport(Library)]
    public static partial int sd_expand_f64(
        nint plan, NativeKey* keys, long rows, long copies, int keepOriginal, double* source, double* destination);
}
