namespace MLNet.SpatialDropout;

/// <summary>What became of a call: <c>sd_status</c> of the header.</summary>
internal enum Status
{
    Ok = 0,
    InvalidArgument = 1,
    OutOfMemory = 2,
    InternalError = 3,
}
