namespace ControlPlane.Hosting;

/// <summary>What makes the settings wrong; finds every mistake at once.</summary>
internal static class ControlPlaneSettingsRules
{
    public static IEnumerable<string> Check(ControlPlaneSettings settings)
    {
        (string Name, Uri? Address, bool IsNeeded, string Example)[] addresses =
        [
            ("Tables", settings.Tables, settings.Local is null, "https://contoso.table.core.windows.net"),
            ("Blobs", settings.Blobs, settings.Local is null, "https://contoso.blob.core.windows.net"),
            ("AuthorityVault", settings.AuthorityVault, true, "https://contoso.vault.azure.net"),
            ("SharedVault", settings.SharedVault, true, "https://contoso-shared.vault.azure.net"),
            .. settings.Workloads.Select(workload => ($"Workloads:{workload.Key}", (Uri?)workload.Value, true, "https://contoso-gateway.vault.azure.net")),
        ];
        foreach (var (name, address, isNeeded, example) in addresses)
        {
            if (address is null ? isNeeded : address is not { IsAbsoluteUri: true, Scheme: "https" })
            {
                yield return address is null
                    ? $"ControlPlane:{name}: is not set. Use the address, such as {example}."
                    : $"ControlPlane:{name}: {address} is no https address. Use one such as {example}.";
            }
        }

        if (settings.Workloads.Count == 0)
        {
            yield return "ControlPlane:Workloads: is not set. Name the vault of each workload, such as ControlPlane__Workloads__gateway=https://contoso-gateway.vault.azure.net.";
        }
    }
}
