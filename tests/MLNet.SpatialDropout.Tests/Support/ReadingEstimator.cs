using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Stands for a third-party trainer: it reads a column, but implements none of ML.NET's trainer interfaces.</summary>
internal sealed class ReadingEstimator : IEstimator<ITransformer>
{
    private readonly string _column;

    public ReadingEstimator(string column) => _column = column;

    public List<ViewRow<float>> Read { get; private set; } = [];

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

    public ITransformer Fit(IDataView input)
    {
        Read = ViewRow<float>.Read(input, _column);
        return new Microsoft.ML.Data.TransformerChain<ITransformer>();
    }
}
