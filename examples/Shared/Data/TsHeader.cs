namespace Examples;

/// <summary>The header of a <c>.ts</c> file, as far as it matters here. Case does not matter in keywords.</summary>
internal sealed class TsHeader
{
    private readonly string _file;
    private HashSet<string>? _labels;

    public TsHeader(string file)
    {
        _file = file;
        ProblemName = Path.GetFileNameWithoutExtension(file);
    }

    public string ProblemName { get; private set; }

    /// <summary>The number of channels: declared, or that of the first recording.</summary>
    public int? Dimensions { get; set; }

    /// <summary>Reads one line that begins with <c>@</c>, and ignores keywords that are not needed here.</summary>
    /// <returns>True if it is <c>@data</c>, which ends the header.</returns>
    public bool Accept(string text, int line)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0].ToLowerInvariant())
        {
            case "@problemname" when words.Length > 1:
                ProblemName = words[1];
                return false;
            case "@timestamps" when IsTrue(words):
                throw Fail(line, "has time stamps (@timeStamps true); only evenly spaced values are supported");
            case "@dimension" or "@dimensions":
                Dimensions = words.Length == 2 && int.TryParse(words[1], out int dimensions) && dimensions > 0
                    ? dimensions
                    : throw Fail(line, $"'{text}' must give one number of dimensions, at least 1");
                return false;
            case "@targetlabel" when IsTrue(words):
                throw Fail(line, "is a regression problem (@targetLabel true); class labels are needed");
            case "@classlabel":
                _labels = IsTrue(words) && words.Length > 2
                    ? [.. words[2..]]
                    : throw Fail(line, $"'{text}' declares no classes; class labels are needed (@classLabel true A B ...)");
                return false;
            case "@data":
                return _labels is null ? throw Fail(line, "@data comes before any @classLabel; class labels are needed") : true;
            default:
                return false;
        }
    }

    public string CheckLabel(string label, int line) => _labels!.Contains(label)
        ? label
        : throw Fail(line, $"label '{label}' is not one that @classLabel declares ({string.Join(", ", _labels)})");

    private static bool IsTrue(string[] words) =>
        words.Length > 1 && words[1].Equals("true", StringComparison.OrdinalIgnoreCase);

    private TsFormatException Fail(int line, string reason) => new(_file, line, reason);
}
