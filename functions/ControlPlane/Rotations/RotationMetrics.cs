using System.Diagnostics.Metrics;

namespace ControlPlane.Rotations;

/// <summary>What came of rotations, counted.</summary>
internal sealed class RotationMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _ended = meters.Create("ServerlessGateway").CreateCounter<long>(
        "mesh.rotations", "{rotation}", "Rotations that are over, by certificate and outcome: rotated or rolled-back.");

    private readonly Counter<long> _stuck = meters.Create("ServerlessGateway").CreateCounter<long>(
        "mesh.rotations.stuck", "{attempt}", "Steps with no way back that failed, by certificate and step: the rotation stays as it is, which is safe, and the step is tried again.");

    public void Stuck(string certificate, string step) => _stuck.Add(1, new("certificate", certificate), new("step", step));

    public void Ended(string certificate, RotationEnd end) =>
        _ended.Add(1, new("certificate", certificate), new("outcome", end == RotationEnd.Rotated ? "rotated" : "rolled-back"));
}
