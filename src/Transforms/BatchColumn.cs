using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>The values of one dropped column in a batch of rows.</summary>
internal abstract class BatchColumn
{
    protected BatchColumn(DroppedColumn column) => Column = column;

    /// <summary>The column.</summary>
    public DroppedColumn Column { get; }

    /// <summary>Makes the column of a batch.</summary>
    /// <param name="ahead">The cursor that reads ahead.</param>
    /// <param name="column">A column of it.</param>
    /// <param name="backend">What drops the rows out.</param>
    /// <param name="rows">The number of source rows of a batch.</param>
    /// <param name="copies">The number of copies of each that are made at once.</param>
    public static BatchColumn Create(
        DataViewRowCursor ahead, DroppedColumn column, DropoutBackend backend, int rows, int copies) =>
        column.Column.Type.GetItemType() == NumberDataViewType.Single
            ? new BatchColumn<float>(ahead, column, backend.Apply, rows, copies)
            : new BatchColumn<double>(ahead, column, backend.Apply, rows, copies);

    /// <summary>Reads the value of the cursor's row.</summary>
    /// <param name="row">The number of the row in the batch.</param>
    public abstract void ReadAhead(int row);

    /// <summary>Drops out the copies of the rows that were read.</summary>
    /// <param name="keys">The mask keys of the copies, row by row.</param>
    public abstract void Drop(ReadOnlySpan<MaskKey> keys);
}
