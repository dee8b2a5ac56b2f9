using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A pipeline that notes the rows that it is trained on.</summary>
internal sealed class RecordingEstimator : IEstimator<ITransformer>
{
    private readonly IEstimator<ITransformer> _pipeline;

    public RecordingEstimator(IEstimator<ITransformer> pipeline) => _pipeline = pipeline;

    /// <summary>For each training, the numbers of the rows.</summary>
    public List<int[]> Trained { get; } = [];

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _pipeline.GetOutputSchema(inputSchema);

    public ITransformer Fit(IDataView input)
    {
        Trained.Add([.. input.GetColumn<int>("Number")]);
        return _pipeline.Fit(input);
    }
}
