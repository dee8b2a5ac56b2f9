using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Reads all rows of a view's features, as a trainer does.</summary>
internal static class ViewPass
{
    public delegate void RowAction(Span<float> row);

    public static void Read(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        Read(cursor);
    }

    /// <summary>Reads all rows of several columns, vectors and scalars.</summary>
    public static void Read(IDataView view, string[] columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns.Select(name => view.Schema[name]));
        Action[] readers = Array.ConvertAll(columns, name => Reader(cursor, view.Schema[name]));
        while (cursor.MoveNext())
        {
            foreach (Action read in readers)
                read();
        }
    }

    /// <summary>Reads all rows and does something to each, in the reader's buffer.</summary>
    public static void Read(IDataView view, RowAction act)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            getter(ref row);
            VBufferEditor<float> editor = VBufferEditor.CreateFromBuffer(ref row);
            act(editor.Values);
            row = editor.Commit();
        }
    }

    /// <summary>Reads a cursor set, each cursor on a thread of its own.</summary>
    public static void ReadInParallel(IDataView view, int threads)
    {
        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["Features"]], threads);
        Thread[] readers = Array.ConvertAll(cursors, cursor => new Thread(() =>
        {
            using (cursor)
                Read(cursor);
        }));
        Array.ForEach(readers, reader => reader.Start());
        Array.ForEach(readers, reader => reader.Join());
    }

    /// <summary>The bytes that a pass allocates after its first rows, for each row.</summary>
    public static double AllocatedPerRow(IDataView view)
    {
        long rows = 0;
        long before = 0;
        long after = 0;
        Read(view, _ =>
        {
            after = GC.GetAllocatedBytesForCurrentThread();
            if (++rows == 100)
                before = after;
        });

        return (after - before) / (double)(rows - 100);
    }

    private static Action Reader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<float>> readVector = cursor.GetGetter<VBuffer<float>>(column);
            VBuffer<float> row = default;
            return () => readVector(ref row);
        }

        ValueGetter<float> readScalar = cursor.GetGetter<float>(column);
        float value = 0;
        return () => readScalar(ref value);
    }

    private static void Read(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
        VBuffer<float> row = default;
        while (cursor.MoveNext())
            getter(ref row);
    }
}
