using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>All functions from many threads at once.</summary>
[TestClass]
public sealed unsafe class ThreadTests
{
    private const string Json = """{ "Channels": 6, "Rate": 0.5, "Fill": "OneOf(Missing, LastValue)", "Seed": 7 }""";

    [TestMethod]
    public void Eight_threads_on_one_plan()
    {
        const int Rows = 200;
        MaskKey[] KeysOf(int thread) => [.. Enumerable.Range(0, Rows).Select(row => new MaskKey((ulong)row, (ulong)thread))];
        MaskKey[][] keys = [.. Enumerable.Range(0, 8).Select(KeysOf)];
        float[] singles = OddValues.Row<float>(Rows * 48);
        double[] doubles = OddValues.Row<double>(Rows * 48);
        DropoutPlan expected = DropoutPlan.Create(
            new DropoutOptions
            {
                Channels = 6,
                Rate = 0.5,
                Fill = DropoutFill.OneOf(DropoutFill.Missing, DropoutFill.LastValue),
                Seed = 7,
            },
            48);

        // A new plan each time, so that threads meet in what a plan makes on its first use.
        for (int repetition = 0; repetition < 30; repetition++)
        {
            using var plan = new NativePlan(Json, 48);
            InThreads(8, thread =>
            {
                Bits.AreEqual<float>(expected.Apply(keys[thread], singles), plan.Apply(keys[thread], singles));
                Bits.AreEqual<double>(expected.Apply(keys[thread], doubles), plan.Apply(keys[thread], doubles));
            });
        }
    }

    [TestMethod]
    public void Each_thread_has_its_own_error()
    {
        using var barrier = new Barrier(8);
        InThreads(8, thread =>
        {
            Assert.AreEqual("", Marshal.PtrToStringUTF8((nint)NativeMethods.sd_last_error()), "before any");
            barrier.SignalAndWait();
            for (int i = 0; i < 100; i++)
            {
                Assert.AreEqual(
                    $"length must be from 1 to 2147483647, but is {-thread}.",
                    Assert.ThrowsExactly<NativeException>(() => new NativePlan(Json, -thread)).Message);
            }
        });
    }

    [TestMethod]
    public void A_plan_may_be_freed_while_it_is_used()
    {
        for (int repetition = 0; repetition < 30; repetition++)
        {
            var plan = new NativePlan(Json, 48);
            using var barrier = new Barrier(4);
            InThreads(4, thread =>
            {
                MaskKey[] keys = [new((ulong)thread)];
                float[] row = OddValues.Row<float>(48);
                float[] expected = plan.Apply(keys, row);
                barrier.SignalAndWait();
                if (thread == 0)
                {
                    plan.Dispose();
                    return;
                }

                // Right until the plan is gone, refused from then on.
                NativeException? refusal = null;
                while (refusal is null)
                {
                    try
                    {
                        Bits.AreEqual<float>(expected, plan.Apply(keys, row));
                    }
                    catch (NativeException gone)
                    {
                        refusal = gone;
                    }
                }

                Assert.AreEqual(NativeException.InvalidArgument, refusal.Status);
            });
        }
    }

    private static void InThreads(int count, Action<int> action)
    {
        var errors = new Exception?[count];
        Thread[] threads =
        [
            .. Enumerable.Range(0, count).Select(number => new Thread(() =>
            {
                try
                {
                    action(number);
                }
                catch (Exception error)
                {
                    errors[number] = error;
                }
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.IsTrue(Array.TrueForAll(errors, error => error is null), string.Join('\n', errors.OfType<Exception>()));
    }
}
