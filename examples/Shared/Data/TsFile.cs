namespace Examples;

/// <summary>What a <c>.ts</c> file says.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="ProblemName">Its <c>@problemName</c>, or the file's name where it gives none.</param>
/// <param name="Recordings">Its recordings: at least one, all with the same number of channels.</param>
public sealed record TsFile(string Path, string ProblemName, IReadOnlyList<TsRecording> Recordings)
{
    public int Channels => Recordings[0].Channels.Count;

    public int Steps => Recordings.Max(recording => recording.Steps);
}
