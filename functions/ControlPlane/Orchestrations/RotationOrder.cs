using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>The input of an orchestration: a rotation that stands in the journal. Its instance id is the certificate's name, so that each has one at a time.</summary>
/// <param name="Id">The rotation's id.</param>
/// <param name="Certificate">The service's name, or "authority".</param>
/// <param name="Procedure">Version of the procedure that it follows.</param>
/// <param name="Options">How long it waits. Of the order, because an orchestration that is replayed must find what it found before.</param>
public sealed record RotationOrder(string Id, string Certificate, int Procedure, RotationOptions Options);
