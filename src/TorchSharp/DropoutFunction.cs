using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary><see cref="KernelDropout"/> for autograd. Its derivative is dropout by the same masks.</summary>
/// <remarks>
/// A gradient is selected, not multiplied, like a value: 0 times an infinite gradient, as of a root at a dropped value, is NaN.
/// </remarks>
internal sealed class DropoutFunction : autograd.SingleTensorFunction<DropoutFunction>
{
    private const string Derivative = "derivative";

    // TorchSharp leaves what backward returns to the garbage collector, which does not know how large it is. It is copied before
    // this thread comes here again, so then it can be disposed. One gradient stays for each thread that trains.
    [ThreadStatic]
    private static Tensor? _returned;

    public override string Name => "SpatialDropout";

    /// <summary>Applies the kernels to a tensor, with a gradient.</summary>
    /// <param name="ctx">Keeps the derivative.</param>
    /// <param name="vars">The tensor, the <see cref="KernelDropout"/>, and whether the tensor itself is changed.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor input, var dropout, bool inplace) = ((Tensor)vars[0], (KernelDropout)vars[1], (bool)vars[2]);
        DisposeReturned();
        ctx.set_materialize_grads(false);
        ctx.save_data(Derivative, dropout.Derivative());
        if (!inplace)
            return dropout.Drop(input);

        dropout.DropInto(input, input);
        ctx.mark_dirty([input]);
        return input;
    }

    /// <summary>Applies the kernels to a gradient. With <c>create_graph</c>, this has a gradient too.</summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        DisposeReturned();
        using (grad_output)
        {
            if (!grad_output.IsInvalid)
                _returned = ((KernelDropout)ctx.get_data(Derivative)).Apply(grad_output).DetachFromDisposeScope();
        }

        return [_returned!, null!, null!];
    }

    private static void DisposeReturned()
    {
        _returned?.Dispose();
        _returned = null;
    }
}
