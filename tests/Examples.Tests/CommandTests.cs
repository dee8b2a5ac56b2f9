using Spectre.Console;

namespace Examples.Tests;

/// <summary>Base of a command's tests: a console in memory and a folder for each test. Tests what all commands share.</summary>
public abstract class CommandTests : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    protected StringWriter Output { get; } = new();

    protected StringWriter Error { get; } = new();

    private protected TemporaryFolder Folder { get; } = new();

    protected IAnsiConsole Console => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });

    public void Dispose()
    {
        Folder.Dispose();
        Output.Dispose();
        Error.Dispose();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public void Prints_help()
    {
        Assert.AreEqual((int)ExitCode.Success, Invoke("--help"));
        Assert.Contains("--output", Output.ToString());
        Assert.AreEqual("", Error.ToString());
    }

    [TestMethod]
    public void Refuses_an_output_folder_that_is_a_file()
    {
        string file = Folder.Write("taken", "");
        Assert.AreEqual((int)ExitCode.BadUsage, Invoke("--output", file));
        Assert.StartsWith($"--output is '{file}', which cannot be written to: ", Error.ToString());
    }

    [TestMethod]
    public void Refuses_an_output_folder_without_a_name() =>
        AssertRefused("--output is '', but must be the name of a folder.", "--output", "");

    protected abstract int Invoke(params string[] args);

    protected void AssertRefused(string message, params string[] args)
    {
        Assert.AreEqual((int)ExitCode.BadUsage, Invoke(args));
        Assert.AreEqual(message, Error.ToString().TrimEnd());
        Assert.AreEqual("", Output.ToString());
    }

    /// <summary>Asserts that the report names a picture and that the file is one.</summary>
    protected void AssertPicture(string path)
    {
        Assert.Contains($"Picture: {path}", Output.ToString());
        CollectionAssert.AreEqual(PngSignature, File.ReadAllBytes(path)[..4]);
    }
}
