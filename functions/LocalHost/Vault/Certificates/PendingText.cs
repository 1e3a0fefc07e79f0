using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

/// <summary>A pending operation as the protocol shows it.</summary>
internal static class PendingText
{
    public static string IdOf(VaultCall call, string name) => $"{call.Root}/certificates/{name}/pending";

    public static JsonObject Show(VaultCall call, string name, PendingOperation pending)
    {
        var shown = new JsonObject
        {
            ["id"] = IdOf(call, name),
            ["issuer"] = new JsonObject { ["name"] = pending.Issuer },
            ["csr"] = Convert.ToBase64String(pending.Csr),
            ["cancellation_requested"] = pending.Status == PendingStatus.Cancelled,
            ["status"] = StatusOf(pending),
            ["request_id"] = pending.RequestId,
        };
        if (pending.Status == PendingStatus.InProgress)
        {
            shown["status_details"] = "Pending certificate created. Please Perform Merge to complete the request.";
        }
        else if (pending.Status == PendingStatus.Completed)
        {
            shown["target"] = $"{call.Root}/certificates/{name}";
        }

        return shown;
    }

    /// <summary>What a list says of a certificate that has no version yet.</summary>
    public static JsonObject ShowItem(VaultCall call, StoredCertificate found)
    {
        var created = found.PolicyUpdated.ToUnixTimeSeconds();
        return new()
        {
            ["id"] = $"{call.Root}/certificates/{found.Name}",
            ["attributes"] = new JsonObject { ["enabled"] = false, ["created"] = created, ["updated"] = created },
        };
    }

    /// <summary>As the protocol writes one: SHA-1, base64url.</summary>
    public static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(certificate.GetCertHash());

    private static string StatusOf(PendingOperation pending) => pending.Status switch
    {
        PendingStatus.InProgress => "inProgress",
        PendingStatus.Completed => "completed",
        PendingStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(pending), pending.Status, "Add the new status to this table."),
    };
}
