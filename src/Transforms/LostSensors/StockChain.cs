using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>Fits ML.NET's own transforms, one after the other, to schemas alone. No row of the data is read.</summary>
internal sealed class StockChain
{
    private readonly DataOperationsCatalog _data;
    private readonly List<ITransformer> _transformers = [];
    private IDataView _view;

    public StockChain(IHostEnvironment environment, IDataView input)
    {
        Transforms = environment.GetTransforms();
        _data = environment.GetData();
        _view = input;
    }

    /// <summary>ML.NET's catalog.</summary>
    public TransformsCatalog Transforms { get; }

    /// <summary>The transformers, as one.</summary>
    public ITransformer ToTransformer() => new TransformerChain<ITransformer>([.. _transformers]);

    /// <summary>Appends a transform that is not trained on rows.</summary>
    public void Append(IEstimator<ITransformer> estimator) => Append(estimator.Fit(_view));

    /// <summary>Appends a transform that maps some values of a column to others, and all the rest to 0.</summary>
    public void AppendMap(string column, IEnumerable<(double Value, float Result)> results, string? outputColumn = null) =>
        Append(Transforms.Expression(outputColumn ?? column, ExpressionText.Map(results), column));

    /// <summary>Appends a transform that adds a number to each element of a vector column.</summary>
    /// <remarks>
    /// A normalizer computes (x - min) / (max - min) for each element. It is fitted to two rows in which that is x + addend. Whole
    /// numbers come out exact.
    /// </remarks>
    public void AppendAddition(string column, IReadOnlyList<int> addends)
    {
        var schema = SchemaDefinition.Create(typeof(Vector));
        schema[0].ColumnName = column;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, addends.Count);
        Vector[] bounds =
        [
            new() { Values = [.. addends.Select(addend => -(float)addend)] },
            new() { Values = [.. addends.Select(addend => 1 - (float)addend)] },
        ];
        Append(Transforms.NormalizeMinMax(column, fixZero: false).Fit(_data.LoadFromEnumerable(bounds, schema)));
    }

    /// <summary>Appends a transform that makes the numbers 1 to <paramref name="count"/> keys, and all other values none.</summary>
    public void AppendKeys(string column, int count) => Append(Transforms.Conversion.MapValueToKey(
        column,
        maximumNumberOfKeys: count,
        keyData: _data.LoadFromEnumerable(Enumerable.Range(1, count).Select(number => new Scalar { Value = number }))));

    private void Append(ITransformer transformer)
    {
        _transformers.Add(transformer);
        _view = transformer.Transform(_view);
    }

    private sealed class Vector
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class Scalar
    {
        public float Value { get; set; }
    }
}
