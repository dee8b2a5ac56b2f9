using System.Text.Json;

namespace MLNet.SpatialDropout;

/// <summary>How an option of a row is read from JSON.</summary>
/// <param name="Name">The name of the option.</param>
/// <param name="Form">What its value must be, for messages.</param>
/// <param name="Set">
/// The options with this one set. Throws <see cref="InvalidOperationException"/> if the value does not have the form.
/// </param>
internal sealed record RowOption(string Name, string Form, Func<DropoutOptions, JsonElement, DropoutOptions> Set);
