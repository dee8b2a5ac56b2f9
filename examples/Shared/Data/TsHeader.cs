namespace Examples;

/// <summary>
/// The header of a <c>.ts</c> file, as far as it matters here. Neither the case of keywords nor their order matters.
/// </summary>
internal sealed class TsHeader(string file)
{
    private readonly Dictionary<string, (bool Value, int Line)> _flags = new(StringComparer.OrdinalIgnoreCase);
    private (HashSet<string> Labels, int Line)? _classes;
    private (int Count, int Line)? _dimensions;
    private (int Steps, int Line)? _length;

    public string ProblemName { get; private set; } = Path.GetFileNameWithoutExtension(file);

    /// <summary>The line with <c>@targetLabel true</c>; null if recordings have classes.</summary>
    public int? TargetLine => Find("@targetLabel") is (true, int line) ? line : null;

    /// <summary>Reads one line that begins with <c>@</c>, and ignores keywords that are not needed here.</summary>
    /// <returns>True if it is <c>@data</c>, which ends the header.</returns>
    public bool Accept(string text, int line)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0].ToLowerInvariant())
        {
            case "@data" when words.Length == 1:
                RequireLabels(line);
                return true;
            case "@data":
                throw Fail(line, $"'{text}' must be @data alone; recordings begin on the next line");
            case "@problemname" when words.Length > 1:
                // Files of the archive give it twice. Its readers take the last.
                ProblemName = words[1];
                break;
            case "@timestamps":
                if (AcceptFlag(text, words, line))
                    throw Fail(line, "has time stamps (@timeStamps true); only evenly spaced values are supported");
                break;
            case "@univariate":
                if (AcceptFlag(text, words, line))
                    CheckDimensions(1, line);
                break;
            case "@missing" or "@equallength" or "@targetlabel":
                AcceptFlag(text, words, line);
                break;
            case "@dimension" or "@dimensions":
                if (words.Length != 2 || !int.TryParse(words[1], out int count) || count < 1)
                    throw Fail(line, $"'{text}' must give one number of dimensions, at least 1");
                CheckDimensions(count, line);
                break;
            case "@classlabel":
                AcceptClasses(text, words, line);
                break;
        }

        return false;
    }

    /// <summary>Whoever gives a number of dimensions first, a keyword or a recording, decides for all others.</summary>
    public void CheckDimensions(int count, int line)
    {
        _dimensions ??= (count, line);
        (int expected, int decider) = _dimensions.Value;
        if (count != expected)
            throw Fail(line, $"has {count} dimensions, but {expected} were expected (line {decider})");
    }

    /// <summary>Holds a file with <c>@equalLength true</c> to its word. Without it, any length goes.</summary>
    public void CheckLength(int steps, int dimension, int line)
    {
        _length ??= (steps, line);
        (int expected, int decider) = _length.Value;
        if (steps != expected && Find("@equalLength") is (true, int declared))
            throw Fail(
                line,
                $"has {steps} values in dimension {dimension}, but {expected} were expected, as in line {decider}"
                + $" (line {declared}: @equalLength true)");
    }

    public void CheckClass(string label, int line)
    {
        if (!_classes!.Value.Labels.Contains(label))
            throw Fail(
                line, $"label '{label}' is not one that @classLabel declares ({string.Join(", ", _classes.Value.Labels)})");
    }

    private bool AcceptFlag(string text, string[] words, int line)
    {
        if (words.Length != 2 || !bool.TryParse(words[1], out bool value))
            throw Fail(line, $"'{text}' must be '{words[0]} true' or '{words[0]} false'");
        if (Find(words[0]) is { } earlier && earlier.Value != value)
            throw Fail(line, $"'{text}' contradicts line {earlier.Line}");
        _flags[words[0]] = (value, line);
        return value;
    }

    private void AcceptClasses(string text, string[] words, int line)
    {
        // The archive's Java reader takes commas for spaces.
        HashSet<string> labels = [.. words.Skip(2).SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        bool isFlag = bool.TryParse(words.ElementAtOrDefault(1), out bool hasLabels);
        if (!isFlag || (hasLabels && labels.Count == 0))
            throw Fail(line, $"'{text}' must be '@classLabel true A B ...', with all classes, or '@classLabel false'");
        if (!hasLabels)
            labels = [];
        if (_classes is { } earlier && !labels.SetEquals(earlier.Labels))
            throw Fail(line, $"'{text}' contradicts line {earlier.Line}");
        _classes = (labels, line);
    }

    private void RequireLabels(int line)
    {
        const string Cure = "class labels (@classLabel true A B ...) or a number to predict (@targetLabel true) are needed";
        bool hasClasses = _classes is { Labels.Count: > 0 };
        if (hasClasses && TargetLine is { } targetLine)
            throw Fail(
                Math.Max(_classes!.Value.Line, targetLine),
                "has both @classLabel true and @targetLabel true; keep the one that says what the recordings end with");
        if (hasClasses || TargetLine is not null)
            return;

        throw _classes is { } none
            ? Fail(none.Line, $"has no labels (@classLabel false); {Cure}")
            : Fail(line, $"@data comes before any @classLabel; {Cure}");
    }

    private (bool Value, int Line)? Find(string flag) => _flags.TryGetValue(flag, out (bool, int) found) ? found : null;

    private TsFormatException Fail(int line, string reason) => new(file, line, reason);
}
