using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Random valid options of a view, with the data that they fit.</summary>
internal static class AnyViewOptions
{
    /// <summary>Options for a column "Features", with its length.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForViews =
        from sized in AnyOptions.From(new SpatialDropoutOptions { OutputColumnName = "Features" })
        from options in Complete(sized.Options)
        select (options, sized.Length);

    /// <summary>Options for columns that are a sensor each, with those columns.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, ViewColumn[] Columns)> ForSensors =
        from columns in Columns(Gen.Frequency((1, Gen.Const((int?)null)), (3, Gen.Int[1, 100].Select(int? (length) => length))))
        from row in AnyOptions.Complete(new SpatialDropoutOptions { Columns = Names(columns) }, columns.Length, steps: 0)
        from options in Complete(row)
        select (options, columns);

    /// <summary>Options for columns with the same channels and different numbers of steps, with those columns.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, ViewColumn[] Columns)> ForLaidOutColumns =
        from groups in Gen.Int[1, 4].Array[1, 8]
        from grouped in Gen.Bool
        let channels = groups.Sum()
        from columns in Columns(Gen.Int[1, 20].Select(int? (steps) => steps * channels))
        from layout in Gen.Enum<ChannelLayout>()
        let basis = new SpatialDropoutOptions { Columns = Names(columns), Layout = layout }
        from row in AnyOptions.Complete(
            grouped ? basis with { Groups = groups } : basis with { Channels = channels }, grouped ? groups.Length : channels,
            columns.Min(column => column.Length / channels))
        from options in Complete(row)
        select (options, columns);

    private static Gen<SpatialDropoutOptions> Complete(DropoutOptions row) =>
        from copies in Gen.Int[1, 4]
        from keepOriginal in Gen.Bool
        from byKey in Gen.Bool
        select (SpatialDropoutOptions)row with
        {
            Copies = copies,
            KeepOriginal = keepOriginal,
            MaskKeyColumnName = byKey && !row.SharedAcrossRows ? "Number" : null,
        };

    private static Gen<ViewColumn[]> Columns(Gen<int?> lengths) =>
        from columns in Gen.Select(lengths, Gen.Bool).Array[1, 5]
        select columns.Select((column, i) => new ViewColumn($"Column{i}", column.Item1, column.Item2)).ToArray();

    private static string[] Names(ViewColumn[] columns) => Array.ConvertAll(columns, column => column.Name);
}
