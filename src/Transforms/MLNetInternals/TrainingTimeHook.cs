using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>Makes transformers that ML.NET gives another mapping while a chain is fitted.</summary>
/// <remarks>
/// <para>
/// <c>EstimatorChain.Fit</c> hands the data of each fitted stage to the next one. It calls the stage's <c>Transform(view)</c>,
/// unless the stage is an <c>ITransformerWithDifferentMappingAtTrainingTime</c>. Then it calls
/// <c>TransformForTrainingPipeline(view)</c>. Dropout needs exactly that, but the interface is internal to Microsoft.ML.Core, and
/// no compiler lets a class of another assembly implement it.
/// </para>
/// <para>
/// The runtime allows it for an assembly that declares that it ignores access checks. At first use this class emits
/// <code>
/// [assembly: IgnoresAccessChecksTo("Microsoft.ML.Core"), IgnoresAccessChecksTo("MLNet.SpatialDropout")]
///
/// sealed class TrainingTimeTransformer : SpatialDropoutTransformer, ITransformerWithDifferentMappingAtTrainingTime
/// {
///     internal TrainingTimeTransformer(...) : base(...) { }
///     IDataView ITransformerWithDifferentMappingAtTrainingTime.TransformForTrainingPipeline(IDataView input)
///         => this.TransformForChain(input);
/// }
/// </code>
/// and nothing else. ML.NET itself does not change. The tests fit chains with the version that this package is built for.
/// </para>
/// </remarks>
internal static class TrainingTimeHook
{
    private const string HookInterface = "Microsoft.ML.ITransformerWithDifferentMappingAtTrainingTime";
    private const string HookMethod = "TransformForTrainingPipeline";

    private const string TrimmingJustification =
        "The catalog's methods warn about trimming. If the interface was trimmed away, an exception says so.";

    private static readonly Lazy<ConstructorInfo> Constructor = new(() => EmitTransformer(typeof(ITransformer).Assembly));

    /// <summary>Makes the transformer of a fitted stage.</summary>
    /// <exception cref="NotSupportedException">ML.NET has no such interface, or the process cannot emit code.</exception>
    public static SpatialDropoutTransformer CreateTransformer(
        IHost host, SpatialDropoutOptions options, DropoutPlan[] plans, ITransformer inference) =>
        (SpatialDropoutTransformer)Constructor.Value
            .Invoke(BindingFlags.DoNotWrapExceptions, binder: null, [host, options, plans, inference], culture: null);

    /// <summary>Emits the subclass that implements the interface of <paramref name="core"/>.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "IsDynamicCodeSupported is checked first.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = TrimmingJustification)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = TrimmingJustification)]
    internal static ConstructorInfo EmitTransformer(Assembly core)
    {
        // First, because native AOT also removes what the next check looks for.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw Unavailable("this process cannot emit code (native AOT)");
        MethodInfo? hook = core.GetType(HookInterface)?.GetMethod(HookMethod, [typeof(IDataView)]);
        if (hook is null)
            throw Unavailable($"{core.GetName()} has no {HookInterface}.{HookMethod}");

        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName("MLNet.SpatialDropout.TrainingTimeHook"), AssemblyBuilderAccess.Run);
        IgnoreAccessChecksTo(assembly, core);
        IgnoreAccessChecksTo(assembly, typeof(SpatialDropoutTransformer).Assembly);

        TypeBuilder type = assembly
            .DefineDynamicModule("Main")
            .DefineType(
                "MLNet.SpatialDropout.TrainingTimeTransformer",
                TypeAttributes.Class | TypeAttributes.NotPublic | TypeAttributes.Sealed,
                typeof(SpatialDropoutTransformer),
                [hook.DeclaringType!]);
        DefineConstructor(type);
        DefineHook(type, hook);
        return type.CreateType().GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
    }

    private static void IgnoreAccessChecksTo(AssemblyBuilder assembly, Assembly target)
    {
        ConstructorInfo attribute = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [target.GetName().Name!]));
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        ConstructorInfo baseConstructor = typeof(SpatialDropoutTransformer)
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
        Type[] parameters = [.. baseConstructor.GetParameters().Select(parameter => parameter.ParameterType)];

        ILGenerator code = type
            .DefineConstructor(MethodAttributes.Assembly, CallingConventions.HasThis, parameters)
            .GetILGenerator();
        for (int argument = 0; argument <= parameters.Length; argument++)
            code.Emit(OpCodes.Ldarg, (short)argument);
        code.Emit(OpCodes.Call, baseConstructor);
        code.Emit(OpCodes.Ret);
    }

    private static void DefineHook(TypeBuilder type, MethodInfo hook)
    {
        MethodInfo implementation = typeof(SpatialDropoutTransformer)
            .GetMethod(nameof(SpatialDropoutTransformer.TransformForChain), BindingFlags.Instance | BindingFlags.NonPublic)!;
        MethodBuilder method = type.DefineMethod(
            $"{HookInterface}.{HookMethod}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final
                | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            hook.ReturnType,
            [typeof(IDataView)]);

        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, implementation);
        code.Emit(OpCodes.Ret);
        type.DefineMethodOverride(method, hook);
    }

    private static NotSupportedException Unavailable(string reason) => new(
        $"Spatial dropout cannot be a stage of an estimator chain here, because {reason}. "
        + "Train on the view that mlContext.Data.SpatialDropout(view, options) returns instead.");
}
