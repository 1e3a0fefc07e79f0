namespace Mesh.Canaries;

/// <summary>A candidate and with whom it is tried.</summary>
/// <param name="Service">Whose certificate it is.</param>
/// <param name="Version">Its version.</param>
/// <param name="With">The service at the other end of the handshake.</param>
internal sealed record Canary(string Service, string Version, string With);
