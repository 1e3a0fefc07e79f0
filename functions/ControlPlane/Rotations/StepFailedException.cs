namespace ControlPlane.Rotations;

/// <summary>A step cannot be done: it was refused, what it waits for did not come, or what it needs stayed away. Where there is a way back, the rotation takes it.</summary>
/// <param name="reason">Why; a sentence for the operator, without names of machines and without secrets.</param>
/// <param name="cause">What failed, for the log. Null: the reason says all.</param>
public sealed class StepFailedException(string reason, Exception? cause = null) : Exception(reason, cause);
