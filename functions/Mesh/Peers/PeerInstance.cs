using System.Security.Cryptography;

namespace Mesh.Peers;

/// <summary>This process among the instances of its service.</summary>
/// <param name="Service">Whose instance it is.</param>
/// <param name="Serves">It ends TLS itself.</param>
internal sealed record PeerInstance(string Service, bool Serves)
{
    private const int IdDigits = 16;

    /// <summary>Drawn at each start, so that a new process never speaks for an old one.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
}
