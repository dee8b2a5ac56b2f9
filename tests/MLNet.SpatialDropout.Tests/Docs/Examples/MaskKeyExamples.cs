using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of <see cref="MaskKey"/>; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class MaskKeyExamples
{
    private static readonly SpatialDropoutOptions Options = new()
    {
        OutputColumnName = "Features",
        Channels = 6,
        Copies = 2,
        Seed = 8,
    };

    private static readonly DropoutPlan Plan = DropoutPlan.Create(Options, Recording.Length);

    private static readonly float[][] Rows = Recordings.Read(Recordings.Load(new MLContext(1)));

    [TestMethod]
    public void Key()
    {
        DropoutPlan plan = Plan;
        float[] source = Rows[14];
        var destination = new float[plan.Length];

        // snippet: key
        plan.Apply(new MaskKey(42), source, destination);                              // row 42
        plan.Apply(new MaskKey(42, Copy: 1), source, destination);                     // its second copy
        plan.Apply(MaskKey.FromText("session 7"), source, destination);                // all rows of a session
        plan.Apply(MaskKey.FromText("session 7") with { Copy = 1 }, source, destination);
        // end

        CollectionAssert.AreEqual(
            Recordings.DropOut(Options with { MaskKeyColumnName = "Session" })[(2 * 14) + 1], destination);
    }

    [TestMethod]
    public void Low()
    {
        DropoutPlan plan = Plan;
        float[] batch = [.. Rows[0], .. Rows[1]];
        var row = new MaskKey(42);

        // snippet: key_low
        MaskKey next = row with { Low = row.Low + 1 };   // of the row that follows, in most views and in plan.ApplyRows(row, ...)
        // end

        plan.ApplyRows(row, batch, batch);
        CollectionAssert.AreEqual(Apply(next, Rows[1]), batch[plan.Length..]);
    }

    [TestMethod]
    public void High()
    {
        ulong file = 3;

        // snippet: key_high
        var key = new MaskKey(Low: 42, High: file);   // row 42 of a file, with other losses than row 42 of another
        // end

        CollectionAssert.AreNotEqual(Apply(key with { High = 4 }, Rows[0]), Apply(key, Rows[0]));
    }

    [TestMethod]
    public void Copy()
    {
        DropoutPlan plan = Plan;
        float[] source = Rows[5];
        var destination = new float[plan.Length];
        var row = new MaskKey(5);

        // snippet: key_copy
        plan.Apply(row with { Copy = 1 }, source, destination);   // the second of the copies that a view with Copies = 2 has
        // end

        CollectionAssert.AreEqual(Recordings.DropOut(Options)[(2 * 5) + 1], destination);
    }

    [TestMethod]
    public void From_an_id_without_a_word()
    {
        DropoutPlan plan = Plan;
        var row = (float[])Rows[3].Clone();
        IDataView view = Recordings.Load(new MLContext(1));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        for (int i = 0; i <= 3; i++)
            cursor.MoveNext();

        // snippet: key_implicit
        getId(ref id);             // of the row that a cursor is at
        plan.Apply(id, row, row);  // as a dropped-out view does
        // end

        CollectionAssert.AreEqual(Recordings.DropOut(Options)[2 * 3], row);
    }

    [TestMethod]
    public void FromRowId()
    {
        var id = new DataViewRowId(3, 0);

        // snippet: key_row_id
        MaskKey secondCopy = MaskKey.FromRowId(id) with { Copy = 1 };   // of the row that a view knows by this ID
        // end

        CollectionAssert.AreEqual(Recordings.DropOut(Options)[(2 * 3) + 1], Apply(secondCopy, Rows[3]));
    }

    [TestMethod]
    public void FromText()
    {
        // snippet: key_text
        MaskKey key = MaskKey.FromText("session 7");   // of the rows where the column MaskKeyColumnName reads "session 7"
        // end

        float[][] view = Recordings.DropOut(Options with { MaskKeyColumnName = "Session" });
        CollectionAssert.AreEqual(view[2 * 14], Apply(key, Rows[14]));
        CollectionAssert.AreEqual(view[2 * 15], Apply(key, Rows[15]));
    }

    [TestMethod]
    public void FromInteger()
    {
        // snippet: key_integer
        MaskKey key = MaskKey.FromInteger(7);    // of the rows where the column MaskKeyColumnName reads 7
        MaskKey yes = MaskKey.FromInteger(1);    // and of those where a column of booleans reads true
        // end

        float[][] view = Recordings.DropOut(Options with { MaskKeyColumnName = "Number" });
        CollectionAssert.AreEqual(view[2 * 14], Apply(key, Rows[14]));

        float[][] byBoolean = Recordings.DropOut(Options with { MaskKeyColumnName = "IsWalking" });
        CollectionAssert.AreEqual(byBoolean[2 * 14], Apply(yes, Rows[14]));
    }

    private static float[] Apply(MaskKey key, float[] row)
    {
        var dropped = new float[Plan.Length];
        Plan.Apply(key, row, dropped);
        return dropped;
    }
}
