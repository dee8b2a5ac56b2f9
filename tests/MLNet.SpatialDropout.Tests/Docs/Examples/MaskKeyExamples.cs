using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples in the documentation of the methods that create a <see cref="MaskKey"/>: rows have the masks of their keys. See
/// <see cref="PublicApiTests"/>.
/// </summary>
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
    public void ToMaskKey_of_a_cursors_row()
    {
        DropoutPlan plan = Plan;
        var row = (float[])Rows[3].Clone();
        IDataView view = Recordings.Load(new MLContext(1));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        for (int i = 0; i <= 3; i++)
            cursor.MoveNext();

        // snippet: key_cursor
        getId(ref id);                           // the ID of the cursor's row
        plan.Apply(id.ToMaskKey(), row, row);    // as a dropped-out view does
        // end

        CollectionAssert.AreEqual(Recordings.DropOut(Options)[2 * 3], row);
    }

    [TestMethod]
    public void ToMaskKey()
    {
        var id = new DataViewRowId(3, 0);

        // snippet: key_row_id
        MaskKey secondCopy = id.ToMaskKey() with { Copy = 1 };
        // end

        CollectionAssert.AreEqual(Recordings.DropOut(Options)[(2 * 3) + 1], Apply(secondCopy, Rows[3]));
    }

    [TestMethod]
    public void FromText()
    {
        // snippet: key_text
        MaskKey key = MaskKey.FromText("session 7");   // for the rows whose mask key column reads "session 7"
        // end

        float[][] view = Recordings.DropOut(Options with { MaskKeyColumnName = "Session" });
        CollectionAssert.AreEqual(view[2 * 14], Apply(key, Rows[14]));
        CollectionAssert.AreEqual(view[2 * 15], Apply(key, Rows[15]));
    }

    [TestMethod]
    public void FromInteger()
    {
        // snippet: key_integer
        MaskKey seven = MaskKey.FromInteger(7);   // for the rows whose mask key column reads 7
        MaskKey yes = MaskKey.FromInteger(1);     // for a column of booleans: the rows that read true
        // end

        float[][] view = Recordings.DropOut(Options with { MaskKeyColumnName = "Number" });
        CollectionAssert.AreEqual(view[2 * 14], Apply(seven, Rows[14]));

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
