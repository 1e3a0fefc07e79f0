namespace ControlPlane.Orchestrations;

/// <summary>A call failed by what may pass. Its message may stand in an engine's history: no names of machines and no secrets.</summary>
public sealed class StepAgainException(string reason) : Exception(reason);
