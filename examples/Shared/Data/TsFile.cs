namespace Examples;

/// <summary>What a <c>.ts</c> file says.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="ProblemName">Its <c>@problemName</c>, or the file's name where it gives none.</param>
/// <param name="TargetLine">The line with <c>@targetLabel true</c>; null if its recordings have classes.</param>
/// <param name="Recordings">Its recordings: at least one, all with the same number of channels.</param>
public sealed record TsFile(string Path, string ProblemName, int? TargetLine, IReadOnlyList<TsRecording> Recordings)
{
    /// <summary>Whether its recordings have a number to predict, <see cref="TsRecording.Target"/>, instead of a class.</summary>
    public bool IsRegression => TargetLine is not null;

    public int Channels => Recordings[0].Channels.Count;

    public int Steps => Recordings.Max(recording => recording.Steps);

    /// <summary>This file, for those who need classes.</summary>
    /// <exception cref="TsFormatException">It is a regression problem.</exception>
    public TsFile RequireClasses() => IsRegression
        ? throw new TsFormatException(
            Path, TargetLine, "is a regression problem (@targetLabel true); class labels are needed (@classLabel true A B ...)")
        : this;
}
