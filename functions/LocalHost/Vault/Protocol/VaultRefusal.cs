namespace LocalHost.Vault.Protocol;

/// <summary>An operation that the vault refuses, in the words of the real one; nothing has changed.</summary>
internal sealed class VaultRefusal(int status, string code, string message, string? inner = null) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>The code of the inner error, where the real vault has one.</summary>
    public string? Inner => inner;

    public static VaultRefusal BadParameter(string message) => new(400, "BadParameter", message);

    public static VaultRefusal Forbidden(string message, string inner) => new(403, "Forbidden", message, inner);

    public static VaultRefusal NotFound(string code, string message) => new(404, code, message);

    public static VaultRefusal Conflict(string message, string? inner = null) => new(409, "Conflict", message, inner);
}
