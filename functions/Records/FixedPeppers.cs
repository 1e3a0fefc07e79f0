namespace Records;

/// <summary>Peppers that are at hand and never change.</summary>
public sealed class FixedPeppers(Peppers peppers) : IPepperSource
{
    public ValueTask<Peppers?> GetAsync(CancellationToken cancellation) => new(peppers);
}
