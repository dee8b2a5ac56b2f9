using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>A view of a source with some columns dropped out, and each row as often as the options ask for.</summary>
/// <remarks>
/// The schema is the source's own object. Masks depend on the row alone, so every pass, cursor set and shuffle gives the same rows.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class SpatialDropoutView : IDataView
{
    private readonly IDataView _source;
    private readonly SpatialDropoutOptions _options;
    private readonly DropoutColumns _columns;
    private readonly Action? _onRead;

    /// <param name="source">The view to read. It has the columns that the options name.</param>
    /// <param name="options">The columns, and how often each row comes.</param>
    /// <param name="plans">What happens to the rows of each dropped column.</param>
    /// <param name="onRead">Called when somebody begins to read a dropped-out column.</param>
    /// <param name="onGetter">Called when somebody asks for a getter of a dropped-out column.</param>
    public SpatialDropoutView(
        IDataView source, SpatialDropoutOptions options, IReadOnlyList<DropoutPlan> plans, Action? onRead = null,
        Action? onGetter = null)
    {
        _source = source;
        _options = options;
        _columns = new DropoutColumns(
            [.. options.DroppedColumnNames.Zip(plans, (name, plan) => new DroppedColumn(source.Schema[name], plan))],
            options.MaskKeyColumnName is { } maskKey ? source.Schema[maskKey] : null)
        {
            OnGetter = onGetter,
        };
        _onRead = onRead;
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    private bool Expands => _options.RowsPerInput > 1;

    /// <summary>Describes a stage or view, for logs and debuggers.</summary>
    public static string Describe(SpatialDropoutOptions options, IReadOnlyList<DropoutPlan> plans) => string.Concat(
        "SpatialDropout of ",
        options.CopiesColumn ? $"{options.InputColumnName} into " : "",
        string.Join("; ", options.DroppedColumnNames.Zip(plans, (name, plan) => $"{name}: {plan}")),
        options.MaskKeyColumnName is { } key ? $", masks by {key}" : "",
        options.Copies > 1 ? FormattableString.Invariant($", copies {options.Copies}") : "",
        options.KeepOriginal ? ", original kept" : "",
        options.Backend is { } backend ? $", computed by {backend}" : "");

    /// <summary>What happens to the rows of a column. Null if it is not dropped out.</summary>
    public DropoutPlan? PlanOf(string column) => _columns.Find(Schema[column])?.Plan;

    /// <summary>The source's count times the expansion. Null if the source does not know it, or it is too large.</summary>
    public long? GetRowCount() =>
        _source.GetRowCount() is { } rows && rows <= long.MaxValue / _options.RowsPerInput
            ? rows * _options.RowsPerInput
            : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Request request = BeginRead(columnsNeeded);
        return _options.Backend is { } backend
            ? GetBackendCursor(request, rand, backend)
            : Wrap(_source.GetRowCursor(ToRead(request), rand), request);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        // A backend needs two cursors over the same rows, and two sets of a source may divide the rows differently.
        if (_options.Backend is not null)
            return [GetRowCursor(columnsNeeded, rand)];

        Request request = BeginRead(columnsNeeded);
        return Array.ConvertAll(_source.GetRowCursorSet(ToRead(request), n, rand), cursor => Wrap(cursor, request));
    }

    public override string ToString() => Describe(_options, Array.ConvertAll(_columns.Dropped, column => column.Plan));

    private Request BeginRead(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        bool drops = Array.Exists(columns, IsDropped);
        if (drops)
            _onRead?.Invoke();

        bool addsMaskKey = drops && _columns.MaskKey is { } maskKey
            && !Array.Exists(columns, column => column.Index == maskKey.Index);
        return new Request(columns, drops, addsMaskKey);
    }

    private bool IsDropped(DataViewSchema.Column column) => _columns.Find(column) is not null;

    // What an ordinary cursor reads of the source: the columns asked for, and the mask key if it is needed.
    private DataViewSchema.Column[] ToRead(Request request) =>
        request.AddsMaskKey ? [.. request.Columns, _columns.MaskKey!.Value] : request.Columns;

    // One cursor gives the other columns, and one reads the dropped columns ahead. Both must be shuffled alike. So must the cursors
    // of two requests with equal generators, one with a dropped column and one without, as a second view with a backend makes
    // them: every request takes one number from the generator.
    private DataViewRowCursor GetBackendCursor(Request request, Random? rand, DropoutBackend backend)
    {
        int? shuffleSeed = rand?.Next();
        DataViewRowCursor Open(IEnumerable<DataViewSchema.Column> columns) =>
            _source.GetRowCursor(columns, shuffleSeed is { } seed ? new Random(seed) : null);

        if (!request.Drops)
            return Wrap(Open(request.Columns), request);

        DataViewSchema.Column[] passedOn = Array.FindAll(request.Columns, column => !IsDropped(column));
        DropoutColumns dropped = _columns with
        {
            Dropped = Array.FindAll(_columns.Dropped, column => Array.Exists(request.Columns, column.Is)),
        };
        IEnumerable<DataViewSchema.Column> readAhead = dropped.Dropped.Select(column => column.Column);
        if (_columns.MaskKey is { } maskKey)
            readAhead = readAhead.Append(maskKey);
        DataViewRowCursor rows = Wrap(Open(passedOn), request with { AddsMaskKey = false });
        try
        {
            return new BackendCursor(rows, Open(readAhead), dropped, _options, backend);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private DropoutCursor Wrap(DataViewRowCursor input, Request request)
    {
        DropoutColumns columns = _columns with { HidesMaskKey = request.AddsMaskKey };
        return Expands
            ? new ExpandingCursor(input, columns, _options)
            : new DroppingCursor(input, columns);
    }

    private readonly record struct Request(DataViewSchema.Column[] Columns, bool Drops, bool AddsMaskKey);
}
