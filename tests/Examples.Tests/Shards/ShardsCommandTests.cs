using Examples.Tests;
using Spectre.Console;

namespace Shards.Tests;

[TestClass]
public sealed class ShardsCommandTests : CommandTests
{
    [TestMethod]
    [DataRow("--shards 1", "--shards is '1', but must be a whole number from 2 to 64.")]
    [DataRow("--shards 65", "--shards is '65', but must be a whole number from 2 to 64.")]
    [DataRow("--shards few", "--shards is 'few', but must be a whole number from 2 to 64.")]
    [DataRow("--recordings 100001", "--recordings is '100001', but must be a whole number from 2 to 100000.")]
    [DataRow("--recordings 3", "--recordings is '3', but must be at least --shards, which is 4.")]
    [DataRow("--recordings 8 --shards 9", "--recordings is '8', but must be at least --shards, which is 9.")]
    [DataRow("--seed 1.5", "--seed is '1.5', but must be a whole number of 32 bits.")]
    [DataRow("--seed 2147483648", "--seed is '2147483648', but must be a whole number of 32 bits.")]
    public void Refuses_what_it_cannot_use_in_one_line(string line, string message) =>
        AssertRefused(message, line.Split(' '));

    [TestMethod]
    public void Shards_agree_with_the_single_run_by_key_and_not_by_row_id()
    {
        // 22 recordings in 3 shards, so the shards differ in size.
        Assert.AreEqual(0, Invoke("--shards", "3", "--recordings", "22", "--output", Folder.FullName), Error.ToString());

        string text = Output.ToString();
        Assert.Contains("Masks by key: the joined shards equal the single run, byte for byte.", text);
        Assert.MatchesRegex(
            @"Masks by row ID: the joined shards differ from the single run in \d+ of 66 rows: row IDs start anew in each shard",
            text);
        Assert.AreEqual("", Error.ToString());

        // Computes the report's figures again from the files.
        CollectionAssert.AreEqual(Read("single-by-key.rows"), Read("joined-by-key.rows"));
        CollectionAssert.AreNotEqual(Read("single-by-row-id.rows"), Read("joined-by-row-id.rows"));
        byte[][] parts =
            [Read("shard-1-of-3-by-key.rows"), Read("shard-2-of-3-by-key.rows"), Read("shard-3-of-3-by-key.rows")];
        CollectionAssert.AreEqual(Read("single-by-key.rows"), parts.SelectMany(part => part).ToArray());
        Assert.IsEmpty(Directory.GetFiles(Folder.FullName, "*.partial"));

        string[][] rows = [.. text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        CollectionAssert.AreEqual(
            new[] { "21", "21", "24", "66", "66", "21", "21", "24", "66", "66" }, rows.Select(row => row[2]).ToArray());
        Assert.AreEqual(rows[3][5], rows[4][5], "the hashes of joined and single, by key");
        Assert.AreNotEqual(rows[8][5], rows[9][5], "the hashes of joined and single, by row ID");
    }

    [TestMethod]
    public void The_files_hold_each_recording_and_its_copies()
    {
        Assert.AreEqual(0, Invoke("--shards", "2", "--recordings", "10", "--output", Folder.FullName), Error.ToString());

        IReadOnlyList<KeyedRecording> recordings = RecordingFiles.Generate(10, seed: 1);
        RowBytes[] rows = [.. RowFile.Read(Folder.PathOf("joined-by-key.rows"), recordings[0].Features.Length)];
        Assert.HasCount(30, rows);
        for (int row = 0; row < rows.Length; row++)
        {
            KeyedRecording recording = recordings[row / 3];
            Assert.AreEqual(recording.Key, rows[row].Key);
            for (int index = 0; index < recording.Features.Length; index++)
            {
                float value = BitConverter.ToSingle(rows[row].Features, index * sizeof(float));
                Assert.IsTrue(value == recording.Features[index] || (row % 3 > 0 && value == 0), $"row {row}, value {index}");
            }
        }
    }

    [TestMethod]
    public void A_worker_whose_input_is_missing_says_so()
    {
        string missing = Folder.PathOf("missing.idv");
        Assert.AreEqual(1, Invoke("worker", missing, Folder.PathOf("out.rows")));
        Assert.AreEqual($"{missing}: file not found", Error.ToString().TrimEnd());
        Assert.IsEmpty(Directory.GetFiles(Folder.FullName));
    }

    [TestMethod]
    public void A_worker_whose_input_is_something_else_says_so()
    {
        string text = Folder.Write("text.idv", "no binary data view");
        Assert.AreEqual(1, Invoke("worker", text, Folder.PathOf("out.rows")));
        Assert.StartsWith($"{text}: ", Error.ToString());
        Assert.IsFalse(File.Exists(Folder.PathOf("out.rows")));
    }

    [TestMethod]
    public void A_run_says_which_worker_failed_and_takes_no_old_result_for_its()
    {
        string[] args = ["--shards", "2", "--recordings", "4", "--output", Folder.FullName];
        Assert.AreEqual(0, Invoke(args), Error.ToString());

        string second = Folder.PathOf("shard-2-of-2.idv");
        Task<WorkerResult> RunWithoutTheSecond(WorkerJob job)
        {
            File.Delete(second);
            return WorkerProcess.RunAsync(job);
        }

        Assert.AreEqual(1, Invoke(RunWithoutTheSecond, args));
        Assert.AreEqual(
            $"The worker for shard-2-of-2.idv failed with exit code 1: {second}: file not found", Error.ToString().TrimEnd());
        Assert.IsFalse(File.Exists(Folder.PathOf("shard-2-of-2-by-key.rows")));
        Assert.IsFalse(File.Exists(Folder.PathOf("joined-by-key.rows")));
    }

    [TestMethod]
    public void A_run_whose_shards_do_not_agree_fails()
    {
        // The single run has other masks.
        Task<WorkerResult> RunWithAnotherSeed(WorkerJob job) =>
            WorkerProcess.RunAsync(job.Input.EndsWith("single.idv", StringComparison.Ordinal) ? job with { Seed = 2 } : job);

        Assert.AreEqual(1, Invoke(RunWithAnotherSeed, "--shards", "2", "--recordings", "10", "--output", Folder.FullName));
        Assert.MatchesRegex(
            @"Masks by key: the joined shards differ from the single run in \d+ of 30 rows\.", Output.ToString());
    }

    private byte[] Read(string name) => File.ReadAllBytes(Folder.PathOf(name));

    protected override int Invoke(params string[] args) => Invoke(WorkerProcess.RunAsync, args);

    private int Invoke(WorkerRunner runWorker, params string[] args) => new ShardsCommand(
        Console, Error, runWorker).Invoke(args);
}
