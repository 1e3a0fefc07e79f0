namespace Mesh.Calls;

/// <summary>For how long connections live.</summary>
/// <param name="ConnectionAge">After this a connection takes no new request.</param>
/// <param name="Drain">For how long requests go on over connections of a certificate, or of roots, that new requests do not use any more.</param>
internal sealed record MeshCallLimits(TimeSpan ConnectionAge, TimeSpan Drain);
