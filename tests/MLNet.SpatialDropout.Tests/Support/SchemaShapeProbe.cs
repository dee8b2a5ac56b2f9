using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A stage that only reads the schema shape of the stages before it, because ML.NET creates a SchemaShape only inside a
/// chain.
/// </summary>
internal sealed class SchemaShapeProbe : IEstimator<ITransformer>
{
    private SchemaShape? _seen;

    /// <summary>The output schema shape of an estimator for some data.</summary>
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

    /// <summary>Every column of a shape with its annotations, as text.</summary>
    public static string[] Describe(IEnumerable<SchemaShape.Column> shape) =>
        [.. shape.Select(column =>
            $"{column.Name}: {column.Kind} of {column.ItemType}{(column.IsKey ? " key" : "")} "
                + $"[{string.Join("; ", Describe(column.Annotations))}]").Order()];

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _seen = inputSchema;

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
}
