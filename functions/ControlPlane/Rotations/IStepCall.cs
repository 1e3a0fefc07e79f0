namespace ControlPlane.Rotations;

/// <summary>A call to the work of rotations that can be written down, sent to where the work is, and made again.</summary>
/// <typeparam name="T">What it gives.</typeparam>
public interface IStepCall<T>
{
    Task<T> PerformAsync(IRotationWork work, CancellationToken cancellation);
}
