using Microsoft.ML;
using MLNet.SpatialDropout;

namespace Shards;

/// <summary>The work of a worker process, which knows its file and the options and nothing of other shards.</summary>
public static class Worker
{
    /// <summary>The sensors of a recording.</summary>
    public const int Channels = 6;

    /// <summary>The dropped-out copies of each recording, after the recording itself.</summary>
    public const int Copies = 2;

    /// <summary>Does a job.</summary>
    /// <exception cref="IOException">The input is missing, or the output cannot be written.</exception>
    /// <exception cref="FormatException">The input is not in ML.NET's binary format.</exception>
    public static void Run(WorkerJob job)
    {
        if (!File.Exists(job.Input))
            throw new FileNotFoundException($"{job.Input}: file not found");

        var mlContext = new MLContext();
        IDataView dropped = mlContext.Data.SpatialDropout(Read(mlContext, job.Input), new SpatialDropoutOptions
        {
            OutputColumnName = nameof(KeyedRecording.Features),
            Channels = Channels,
            Copies = Copies,
            KeepOriginal = true,
            MaskKeyColumnName = job.Masks == MaskSource.Key ? nameof(KeyedRecording.Key) : null,
            Seed = job.Seed,
        });
        RowFile.Write(job.Output, dropped);
    }

    private static IDataView Read(MLContext mlContext, string path)
    {
        try
        {
            return mlContext.Data.LoadFromBinary(path);
        }
        catch (FormatException unusable)
        {
            throw new FormatException($"{path}: {unusable.Message}", unusable);
        }
    }
}
