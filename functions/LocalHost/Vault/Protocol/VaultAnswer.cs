using System.Text.Json.Nodes;

namespace LocalHost.Vault.Protocol;

/// <summary>A status and its body; no body: nothing is written.</summary>
internal sealed record VaultAnswer(int Status, JsonObject? Body)
{
    public static VaultAnswer Ok(JsonObject body) => new(200, body);

    /// <summary>The shape in which every error comes.</summary>
    public static VaultAnswer Of(VaultRefusal refusal)
    {
        var error = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Inner is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = refusal.Inner };
        }

        return new(refusal.Status, new() { ["error"] = error });
    }
}
