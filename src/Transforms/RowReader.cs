using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Reads vectors and scalars alike: a scalar is a vector of one element.</summary>
internal static class RowReader
{
    /// <summary>Makes a getter of a column's value as a vector.</summary>
    /// <typeparam name="T">The type of the column, or of its items.</typeparam>
    public static ValueGetter<VBuffer<T>> Create<T>(DataViewRow cursor, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return cursor.GetGetter<VBuffer<T>>(column);

        ValueGetter<T> read = cursor.GetGetter<T>(column);
        T value = default!;
        return (ref VBuffer<T> row) =>
        {
            read(ref value);
            VBufferEditor<T> editor = VBufferEditor.Create(ref row, 1);
            editor.Values[0] = value;
            row = editor.Commit();
        };
    }

    /// <summary>Makes a getter of the scalar that is the only element of a vector.</summary>
    public static ValueGetter<T> ToScalar<T>(ValueGetter<VBuffer<T>> read)
    {
        VBuffer<T> row = default;
        return (ref T value) =>
        {
            read(ref row);
            value = row.GetItemOrDefault(0);
        };
    }
}
