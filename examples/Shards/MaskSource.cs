namespace Shards;

/// <summary>What names the mask of a recording.</summary>
public enum MaskSource
{
    /// <summary>The column <see cref="KeyedRecording.Key"/>, which a recording has wherever it lies.</summary>
    Key,

    /// <summary>The row's ID: its number in the file that is read, which a shard counts from 0 again.</summary>
    RowId,
}
