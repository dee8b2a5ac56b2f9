using System.Globalization;
using MLNet.SpatialDropout;
using SingleRun;
using SparkData;

// Generates recordings, writes them for Spark as Parquet and for the test without Spark as an Arrow stream, and writes the digest
// of what ML.NET makes of all of them in a single run. make.py starts it.

if (args is not [string folder, string rows, string partitions, string randomSeed])
{
    Console.Error.WriteLine("usage: SparkData FOLDER ROWS PARTITIONS SEED");
    return 2;
}

int count = int.Parse(rows, CultureInfo.InvariantCulture);
int seed = int.Parse(randomSeed, CultureInfo.InvariantCulture);

RecordingFiles.Write(folder, count, int.Parse(partitions, CultureInfo.InvariantCulture), seed);
WriteJob();
return 0;

void WriteJob()
{
    SpatialDropoutOptions options = Job.Options(seed);
    var digest = new Digest();
    foreach ((int number, Recording row) in Job.Run(count, seed, options).Index())
        digest.Add(row.Key, copy: number % (options.Copies + 1), row.Features);

    var job = Job.Describe(options);
    job["Rows"] = digest.Count;
    job["Digest"] = $"{digest}";
    File.WriteAllText(Path.Combine(folder, "job.json"), job.ToJsonString(new() { WriteIndented = true }));
}
