namespace ControlPlane.Certificates;

/// <summary>A certificate authority that the mesh trusts.</summary>
/// <param name="Id">Its name: the beginning of its certificate's SHA-256.</param>
/// <param name="Serial">Serial number of its certificate, upper-case hexadecimal.</param>
/// <param name="Signs">True: new certificates come from it. False: it is trusted only.</param>
/// <param name="Issued">Valid from.</param>
/// <param name="Expires">Valid until.</param>
/// <param name="Rotation">The authority's newest rotation, running or finished; null: none yet.</param>
internal sealed record AuthorityState(string Id, string Serial, bool Signs, DateTimeOffset Issued, DateTimeOffset Expires, RotationState? Rotation);
