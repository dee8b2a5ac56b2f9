using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What reading allocates.</summary>
internal static class Allocations
{
    /// <summary>The bytes that this thread allocates to read the features of the first rows of a view.</summary>
    public static long OfPass(IDataView view, int rows)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Features"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < rows; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getter(ref values);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
