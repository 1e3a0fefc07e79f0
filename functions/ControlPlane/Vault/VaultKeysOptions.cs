using Azure.Core;

namespace ControlPlane.Vault;

/// <summary>How the keys of a vault are reached.</summary>
public sealed class VaultKeysOptions : ClientOptions
{
    /// <summary>The address is an emulator's, whose host proves nothing: it is given the token all the same. Default false.</summary>
    public bool IsEmulator { get; init; }
}
