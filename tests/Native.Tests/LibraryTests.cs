using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The library as a file, its header, and a C program that uses both.</summary>
[TestClass]
public sealed partial class LibraryTests
{
    private static readonly string Header = Repository.Read("src/Native/spatial_dropout.h");

    [TestMethod]
    public void It_compiles_ahead_of_time_without_warnings()
    {
        Assert.Contains("Generating native code", PublishedLibrary.Output);
        Assert.DoesNotMatchRegex(WarningAboutCode(), PublishedLibrary.Output);
    }

    [TestMethod]
    public void What_is_published_is_the_library_and_its_header() => CollectionAssert.AreEquivalent(
        new[] { Path.GetFileName(PublishedLibrary.File), "spatial_dropout.h" },
        Directory.GetFiles(PublishedLibrary.Folder).Select(Path.GetFileName).ToArray());

    [TestMethod]
    public void It_is_small() => Assert.IsLessThan(6_000_000, new FileInfo(PublishedLibrary.File).Length);

    [TestMethod]
    public void It_needs_the_c_library_alone()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("ldd is a tool of Linux.");
        string[] needed =
        [
            .. PublishedLibrary.Run("ldd", [PublishedLibrary.File]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Path.GetFileName(line.Trim().Split(' ')[0])),
        ];
        Assert.Contains("libc.so.6", needed);
        string[] others = [.. needed.Where(library => !CLibrary().IsMatch(library))];
        Assert.IsEmpty(others, string.Join(", ", others));
    }

    [TestMethod]
    public void It_exports_what_the_header_declares_and_these_tests_call()
    {
        string[] declared = [.. Declaration().Matches(Header).Select(match => match.Groups[1].Value).Order()];
        string[] called =
        [
            .. typeof(NativeMethods).GetMethods(BindingFlags.Static | BindingFlags.Public).Select(method => method.Name)
                .Where(name => name.StartsWith("sd_", StringComparison.Ordinal)).Order(),
        ];
        CollectionAssert.AreEqual(called, declared);
        nint library = NativeLibrary.Load(PublishedLibrary.File);
        foreach (string name in declared)
            Assert.IsTrue(NativeLibrary.TryGetExport(library, name, out _), name);
    }

    [TestMethod]
    public void The_header_lists_the_options_with_their_defaults()
    {
        var defaults = new DropoutOptions();
        string[] expected =
        [
            .. typeof(DropoutOptions).GetProperties().Select(option => (option.Name, Default: option.GetValue(defaults) switch
            {
                null => "null",
                bool value => value ? "true" : "false",
                int or double => string.Create(CultureInfo.InvariantCulture, $"{option.GetValue(defaults)}"),
                object value => $"\"{value}\"",
            })).Select(option => $"{option.Name} {option.Default}"),
        ];
        string[] listed =
        [
            .. OptionLine().Matches(Header)
                .Select(match => $"{match.Groups["name"].Value} {match.Groups["default"].Value.Split(',')[0]}"),
        ];
        CollectionAssert.AreEqual(expected, listed);
    }

    [TestMethod]
    public void A_c_program_calls_it()
    {
        string[] lines = PublishedLibrary.Run(Compile(), []).TrimEnd().Split('\n');

        var options = new DropoutOptions { Channels = 6, Rate = 0.5, Seed = 7 };
        DropoutPlan plan = DropoutPlan.Create(options, 12);
        DropoutPlan series = DropoutPlan.Create(options with { Rate = 0.3 }, 128 * 6);
        double[] rows = [.. Enumerable.Range(1, 36).Select(value => (double)value)];
        double[] Row(int row) => rows[(row * 12)..((row + 1) * 12)];
        double[] Copy(int row, uint copy) => plan.Apply([new MaskKey((ulong)row, Copy: copy)], Row(row));
        string[] expected =
        [
            $"version {PackageVersion()}",
            "no error yet: ''",
            "length 12, mask 6",
            "text keys agree: 1",
            "masks " + string.Concat(Enumerable.Range(0, 3).Select(row => Mask(plan, new MaskKey((ulong)row)))),
            "rows " + string.Join(' ', Enumerable.Range(0, 3).SelectMany(row => Copy(row, 0))),
            "expanded " + string.Join(
                ' ', Enumerable.Range(0, 3).SelectMany(row => (double[])[.. Row(row), .. Copy(row, 0), .. Copy(row, 1)])),
            "series " + string.Concat(Enumerable.Range(7, 3).Select(session => Mask(series, MaskKey.FromInteger(session)))),
            "refused: 1, plan is no plan: sd_plan_create has not made it, or sd_plan_free has freed it.",
        ];
        CollectionAssert.AreEqual(expected, lines);
        Assert.StartsWith("masks 110001" + "000011", lines[4], "as docs/masks.md has them");
    }

    [TestMethod]
    public void The_document_has_the_code_of_that_program() => Assert.Contains(
        $"```c\n{Snippet().Match(Repository.Read("tests/Native.Tests/smoke.c")).Groups[1].Value}```",
        Repository.Read("docs/scale-out.md"));

    // The limit, in hexadecimal, is one of .NET's, so the program itself can have more.
    [TestMethod]
    public void A_process_survives_that_there_is_no_memory() => Assert.AreEqual(
        "2 There is not enough memory.",
        PublishedLibrary.Run(Compile(), ["memory"], ("DOTNET_GCHeapHardLimit", "8000000")).TrimEnd());

    private static string Compile()
    {
        if (OperatingSystem.IsWindows() || PublishedLibrary.FindCompiler() is not { } compiler)
        {
            Assert.Inconclusive("This test needs gcc or clang.");
            throw new InvalidOperationException();
        }

        string program = PublishedLibrary.PathOf("smoke");
        PublishedLibrary.Run(
            compiler,
            [
                "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", Repository.PathOf("tests/Native.Tests/smoke.c"),
                $"-I{PublishedLibrary.Folder}", $"-L{PublishedLibrary.Folder}", "-lspatialdropout",
                $"-Wl,-rpath,{PublishedLibrary.Folder}", "-o", program,
            ]);
        return program;
    }

    private static string Mask(DropoutPlan plan, MaskKey key)
    {
        var keep = new bool[plan.MaskLength];
        plan.DrawMask(key, keep);
        return string.Concat(keep.Select(kept => kept ? '1' : '0'));
    }

    private static string PackageVersion() => typeof(DropoutPlan).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [GeneratedRegex(@"/\* snippet \*/\n(.+?)/\* end \*/", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    // Any warning except an advisory on a package.
    [GeneratedRegex("warning (?!NU190[1-4]:)")]
    private static partial Regex WarningAboutCode();

    [GeneratedRegex(@"^(linux-vdso\.so\.1|lib[cm]\.so\.6|libc\.musl-.*|ld-.*\.so\.\d)$")]
    private static partial Regex CLibrary();

    [GeneratedRegex(@"^(?:sd_status|const char \*)\s?(sd_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^ \* {19}""(?<name>\w+)"" .*  (?<default>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex OptionLine();
}
