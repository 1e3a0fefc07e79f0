using ControlPlane.Certificates;
using ControlPlane.Consumers;
using ControlPlane.Keys;
using ControlPlane.Limits;
using ControlPlane.Releases;

namespace ControlPlane.Management;

/// <summary>Those who do the work of a call.</summary>
internal sealed record Desks(ConsumerDesk Consumers, KeyDesk Keys, LimitDesk Limits, ICertificateDesk Certificates, ReleaseDesk Releases);
