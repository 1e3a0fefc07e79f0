using Azure;

namespace ControlPlane.Vault;

/// <summary>A vault refused a call, and says so itself; which vault that was, the client's own exception does not say.</summary>
public sealed class VaultRefusedException(Uri vault, RequestFailedException refused) : RequestFailedException(refused.Status, refused.Message, refused.ErrorCode, refused)
{
    public string Host => vault.Host;
}
