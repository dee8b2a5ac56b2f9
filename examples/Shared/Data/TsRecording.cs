namespace Examples;

/// <summary>One line of a <c>.ts</c> file: a series for each channel, not necessarily of one length.</summary>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Label">Its class, or its target as the file has it.</param>
/// <param name="Target">The number to predict; null if it is missing, or the file has classes.</param>
/// <param name="Channels">The series.</param>
public sealed record TsRecording(int Line, string Label, float? Target, IReadOnlyList<float[]> Channels)
{
    public int Steps => Channels.Max(series => series.Length);

    /// <summary>[time, channels], with zeros after the end of a series that is shorter than <paramref name="steps"/>.</summary>
    public float[] ToFeatures(int steps)
    {
        float[] features = new float[steps * Channels.Count];
        for (int channel = 0; channel < Channels.Count; channel++)
        {
            float[] series = Channels[channel];
            for (int step = 0; step < series.Length; step++)
                features[(step * Channels.Count) + channel] = series[step];
        }

        return features;
    }
}
