using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A stage that does nothing but look at the schema that the stages before it promise: ML.NET makes a SchemaShape only inside
/// a chain.
/// </summary>
internal sealed class SchemaShapeProbe : IEstimator<ITransformer>
{
    private SchemaShape? _seen;

    /// <summary>What an estimator promises for the schema of some data.</summary>
    public static SchemaShape Promised(IEstimator<ITransformer> estimator, IDataView data)
    {
        var probe = new SchemaShapeProbe();
        new EstimatorChain<ITransformer>().Append(estimator).Append(probe).Fit(data);
        return probe._seen!;
    }

    /// <summary>The shape of the schema of some data.</summary>
    public static SchemaShape Of(IDataView data)
    {
        var probe = new SchemaShapeProbe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(data);
        return probe._seen!;
    }

    /// <summary>Every column of a shape with its annotations, in words.</summary>
    public static string[] Describe(IEnumerable<SchemaShape.Column> shape) =>
        [.. shape.Select(column =>
            $"{column.Name}: {column.Kind} of {column.ItemType}{(column.IsKey ? " key" : "")} "
                + $"[{string.Join("; ", Describe(column.Annotations))}]").Order()];

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _seen = inputSchema;

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
}
