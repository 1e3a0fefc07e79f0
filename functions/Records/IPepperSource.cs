namespace Records;

/// <summary>Where the peppers come from.</summary>
public interface IPepperSource
{
    /// <summary>Null: they were never read and cannot be read now. No check and no new key can do without.</summary>
    ValueTask<Peppers?> GetAsync(CancellationToken cancellation);
}
