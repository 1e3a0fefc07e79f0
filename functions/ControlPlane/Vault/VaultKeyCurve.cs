namespace ControlPlane.Vault;

/// <summary>The curves that certificate keys may be on.</summary>
public enum VaultKeyCurve
{
    P256,
    P384,
}
