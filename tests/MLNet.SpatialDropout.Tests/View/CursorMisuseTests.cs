using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Sources throw various exceptions for a misused cursor. A dropped-out view always throws ML.NET's.</summary>
[TestClass]
public sealed class CursorMisuseTests : DropoutTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("cursors").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("enumerable", 1, false)]
    [DataRow("enumerable", 3, false)]
    [DataRow("enumerable", 3, true)]
    [DataRow("binary", 1, false)]
    [DataRow("binary", 3, false)]
    [DataRow("binary", 1, true)]
    [DataRow("cache", 1, false)]
    [DataRow("cache", 3, true)]
    [DataRow("text", 1, false)]
    [DataRow("text", 3, false)]
    [DataRow("text", 3, true)]
    public void Inactive_columns_wrong_types_and_rows_that_are_not_there(string kind, int copies, bool withBackend)
    {
        IDataView source = Source(kind);
        IDataView view = MakeView(_mlContext, source, new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = SensorRow.Sensors,
            Copies = copies,
            Seed = 5,
            Backend = withBackend ? new KernelBackend(16) : null,
        });
        DataViewSchema.Column features = view.Schema["Features"];
        DataViewSchema.Column number = view.Schema["Number"];

        foreach (DataViewSchema.Column[] active in new DataViewSchema.Column[][] { [features], [number], [features, number], [] })
        {
            using DataViewRowCursor cursor = view.GetRowCursor(active);
            if (!active.Contains(features))
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<float>>(features));
            else
                Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<double>>(features));
            if (!active.Contains(number))
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(number));
            else
                Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<long>(number));

            var reads = new List<Action>();
            ValueGetter<DataViewRowId> readId = cursor.GetIdGetter();
            reads.Add(() => Read(readId));
            if (active.Contains(features))
            {
                ValueGetter<VBuffer<float>> read = cursor.GetGetter<VBuffer<float>>(features);
                reads.Add(() => Read(read));
            }

            if (active.Contains(number))
            {
                ValueGetter<int> read = cursor.GetGetter<int>(number);
                reads.Add(() => Read(read));
            }

            foreach (Action read in reads)
                Assert.ThrowsExactly<InvalidOperationException>(read, "before the first row");
            int rows = 0;
            for (; cursor.MoveNext(); rows++)
                reads.ForEach(read => read());
            Assert.AreEqual(4 * copies, rows);
            foreach (Action read in reads)
                Assert.ThrowsExactly<InvalidOperationException>(read, "after the last row");
        }
    }

    private static void Read<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
    }

    private IDataView Source(string kind)
    {
        IDataView rows = _mlContext.Transforms.SelectColumns("Number", "Features", "Class")
            .Fit(_mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4)))
            .Transform(_mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4)));
        string path = Path.Combine(_folder, kind);
        switch (kind)
        {
            case "binary":
                using (FileStream stream = File.Create(path))
                    _mlContext.Data.SaveAsBinary(rows, stream);
                return _mlContext.Data.LoadFromBinary(path);
            case "text":
                using (FileStream stream = File.Create(path))
                    _mlContext.Data.SaveAsText(rows, stream, schema: false, forceDense: true);
                return _mlContext.Data.LoadFromTextFile(
                    path,
                    [
                        new("Number", DataKind.Int32, 0),
                        new("Features", DataKind.Single, [new TextLoader.Range(1, SensorRow.Length)]),
                    ],
                    hasHeader: true);
            case "cache":
                return _mlContext.Data.Cache(rows);
            default:
                return _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4));
        }
    }
}
