using Apache.Arrow;
using Apache.Arrow.Ipc;
using MLNet.SpatialDropout;

namespace ArrowWorker;

/// <summary>Drops out one column of a stream of record batches.</summary>
public sealed class StreamDropout
{
    private readonly WorkerSettings _settings;
    private DropoutPlan? _plan;

    public StreamDropout(WorkerSettings settings) => _settings = settings;

    /// <summary>Reads a stream to its end, and writes its batches: the rows themselves if asked for, then each of their copies.</summary>
    /// <exception cref="BadInputException">The stream has not the columns that the settings name, or bad rows.</exception>
    public void Run(Stream input, Stream output)
    {
        using var reader = new ArrowStreamReader(input, leaveOpen: true);
        Schema schema = reader.Schema;
        int column = Find(schema, _settings.Column);
        int? key = _settings.KeyColumn is { } name ? Find(schema, name) : null;
        using var writer = new ArrowStreamWriter(output, schema, leaveOpen: true);
        writer.WriteStart();
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                foreach (RecordBatch dropped in DropOut(batch, column, key))
                    writer.WriteRecordBatch(dropped);
            }
        }

        writer.WriteEnd();
    }

    private IEnumerable<RecordBatch> DropOut(RecordBatch batch, int column, int? key)
    {
        if (_settings.KeepOriginal)
            yield return batch;

        var rows = ListRows.Read(batch.Column(column), _settings.Column, _plan?.Length);
        MaskKey[] keys = key is { } index ? RowKeys.Read(batch.Column(index), _settings.KeyColumn!) : new MaskKey[batch.Length];
        for (int copy = 0; copy < _settings.Copies; copy++)
        {
            IArrowArray[] columns = [.. batch.Arrays];
            if (rows.RowLength > 0)
            {
                _plan ??= DropoutPlan.Create(_settings.Options, rows.RowLength);
                columns[column] = rows.DropOut(_plan, [.. keys.Select(row => row with { Copy = (uint)copy })]);
            }

            // Not disposed: its other columns are those of the batch that was read.
            yield return new RecordBatch(batch.Schema, columns, batch.Length);
        }
    }

    private static int Find(Schema schema, string name)
    {
        int[] found = [.. schema.FieldsList.Index().Where(field => field.Item.Name == name).Select(field => field.Index)];
        return found.Length == 1
            ? found[0]
            : throw new BadInputException(
                $"The stream has {(found.Length == 0 ? "no column" : "several columns")} '{name}'; it has"
                + $" {string.Join(", ", schema.FieldsList.Select(field => field.Name))}.");
    }
}
