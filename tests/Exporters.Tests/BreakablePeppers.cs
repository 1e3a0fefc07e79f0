using Records;

namespace Exporters.Tests;

/// <summary>A source of peppers with a fault of its own: what no stage expects, and the log tells with an exception.</summary>
internal sealed class BreakablePeppers(Peppers peppers) : IPepperSource
{
    public const string Fault = "The source of peppers is broken.";

    public bool IsBroken { get; set; }

    public ValueTask<Peppers?> GetAsync(CancellationToken cancellation) => IsBroken ? throw new InvalidOperationException(Fault) : new(peppers);
}
