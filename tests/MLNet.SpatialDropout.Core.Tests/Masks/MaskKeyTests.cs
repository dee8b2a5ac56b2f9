using System.IO.Hashing;
using System.Text;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The keys that texts and integers make.</summary>
[TestClass]
public sealed class MaskKeyTests
{
    /// <summary>Computed with xxHash's own command line tool: <c>printf 'session 7' | xxh128sum</c>.</summary>
    [TestMethod]
    public void Hashes_are_those_of_xxHash()
    {
        Assert.AreEqual(new MaskKey(0x96553ec1724c77fc, 0xe190762b8bbedc8d), MaskKey.FromText("session 7"));
        Assert.AreEqual(new MaskKey(0x6001c324468d497f, 0x99aa06d3014798d8), MaskKey.FromText(""));
        Assert.AreEqual(new MaskKey(0xe8c0d782b2f61276, 0xdeb6d224c549cbd3), MaskKey.FromInteger(7));
        Assert.AreEqual(new MaskKey(0xccea657e3d21a9da, 0x6ea91d5282efcca4), MaskKey.FromInteger(-2));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("session 7")]
    [DataRow("Zürich ☂")]
    public void A_text_is_hashed_as_UTF8(string text)
    {
        foreach (string key in new[] { text, string.Concat(Enumerable.Repeat(text, 100)) })
        {
            UInt128 hash = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(key));
            Assert.AreEqual(new MaskKey((ulong)hash, (ulong)(hash >> 64)), MaskKey.FromText(key));
        }
    }

    [TestMethod]
    public void An_integer_is_hashed_as_8_bytes_little_endian()
    {
        UInt128 hash = XxHash128.HashToUInt128([0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Assert.AreEqual(new MaskKey((ulong)hash, (ulong)(hash >> 64)), MaskKey.FromInteger(-2));
    }
}
