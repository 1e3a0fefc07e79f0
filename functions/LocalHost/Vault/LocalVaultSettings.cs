using LocalHost.Vault.Access;

namespace LocalHost.Vault;

/// <summary>A vault to start.</summary>
/// <param name="Name">Its name, and its folder's.</param>
/// <param name="Port">Where it listens; 0: any free port.</param>
/// <param name="Access">Who may do what.</param>
internal sealed record LocalVaultSettings(string Name, int Port, VaultAccessRules Access);
