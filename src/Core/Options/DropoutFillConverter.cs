using System.ComponentModel;
using System.Globalization;

namespace MLNet.SpatialDropout;

/// <summary>Reads and writes fills as text, for configuration binding and property editors.</summary>
internal sealed class DropoutFillConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? DropoutFill.Parse(text) : base.ConvertFrom(context, culture, value);
}
