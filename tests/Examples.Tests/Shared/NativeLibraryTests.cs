using System.Reflection;

namespace Examples.Tests;

[TestClass]
public sealed class NativeLibraryTests
{
    private static readonly DllNotFoundException Missing = new("lib_lightgbm");

    [TestMethod]
    public void Is_missing_however_deep_the_exception_is_wrapped()
    {
        Assert.IsTrue(NativeLibrary.IsMissing(Missing));
        Assert.IsTrue(NativeLibrary.IsMissing(new TargetInvocationException(Missing)));
        Assert.IsTrue(NativeLibrary.IsMissing(new TypeInitializationException("LightGbm", Missing)));
        Assert.IsTrue(NativeLibrary.IsMissing(
            new AggregateException(new InvalidOperationException(), new TargetInvocationException(Missing))));
    }

    [TestMethod]
    public void Is_not_missing_when_something_else_went_wrong()
    {
        Assert.IsFalse(NativeLibrary.IsMissing(new InvalidOperationException("lib_lightgbm")));
        Assert.IsFalse(NativeLibrary.IsMissing(new AggregateException(new InvalidOperationException())));
    }

    [TestMethod]
    public void Names_the_cure_in_one_line()
    {
        string line = NativeLibrary.Explain(TrainerKind.LightGbm);
        StringAssert.Contains(line, "apt-get install libgomp1", StringComparison.Ordinal);
        Assert.IsFalse(line.Contains('\n'));
    }
}
