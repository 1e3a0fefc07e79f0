namespace ControlPlane.Vault;

/// <summary>The hosts that are vaults, and what a token for them is made out to. A token must go nowhere else.</summary>
internal static class VaultHost
{
    private static readonly string[] Resources = ["vault.azure.net", "vault.azure.cn", "vault.usgovcloudapi.net"];

    /// <summary>The scope of a vault's token.</summary>
    /// <exception cref="ArgumentException">It is no vault.</exception>
    public static string ScopeOf(Uri vault, bool isEmulator)
    {
        if (vault.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"{vault} is not https, so it is given no token.", nameof(vault));
        }

        var resource = Resources.FirstOrDefault(resource => vault.Host.EndsWith($".{resource}", StringComparison.OrdinalIgnoreCase));
        return resource is not null ? $"https://{resource}/.default"
            : isEmulator ? $"https://{Resources[0]}/.default"
            : throw new ArgumentException($"{vault.Host} is no vault's host, so it is given no token. A vault's ends with {string.Join(" or ", Resources)}.", nameof(vault));
    }
}
