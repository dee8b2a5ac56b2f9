using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.SpatialDropout;

/// <summary>Loads libtorch, the native half of TorchSharp. If it does not load, says why and what to do.</summary>
internal static class TorchRuntime
{
    private static readonly Lazy<NotSupportedException?> Failure = new(Load);

    /// <summary>Loads libtorch, once.</summary>
    /// <exception cref="NotSupportedException">It is missing, or the system's C++ runtime is too old for it.</exception>
    public static void EnsureLoaded()
    {
        if (Failure.Value is { } failure)
            throw new NotSupportedException(failure.Message, failure.InnerException);
    }

    // The system's loader comes first, because it reports an old C++ runtime. TorchSharp's own loader would copy some hundred
    // megabytes of libraries and then report that a package is missing.
    private static NotSupportedException? Load()
    {
        if (!NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, searchPath: null, out _)
            && ReasonNotToLoad() is { } reason && reason.Message.Contains("GLIBCXX", StringComparison.Ordinal))
            return new NotSupportedException(
                "libtorch does not load: the system's C++ runtime (libstdc++) is older than that of GCC 13, which TorchSharp"
                + " needs. Use a system that has it (Debian 13, Ubuntu 24.04 or later). Or run 'bash eng/torch-host.sh' once in a"
                + " clone of this project's repository, on Debian 11 or 12: its 'dotnet run' and 'dotnet test' find the host that"
                + " is made; other applications are started by it, as artifacts/torch-host/dotnet App.dll.",
                reason);
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return null;
        }
        catch (Exception exception) when (
            exception is NotSupportedException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return new NotSupportedException(
                "libtorch, the native half of TorchSharp, was not found. Add one of its packages to the application:"
                + " TorchSharp-cpu; TorchSharp-cuda-linux or TorchSharp-cuda-windows for an NVIDIA GPU; or the libtorch-cpu-*"
                + " package of the system at hand alone.",
                exception);
        }
    }

    private static Exception? ReasonNotToLoad()
    {
        try
        {
            NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, searchPath: null);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return exception;
        }
    }
}
