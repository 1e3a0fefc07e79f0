using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Keys;

/// <summary>A key, none of whose private parts is ever answered.</summary>
internal sealed record StoredKey : StoredObject<KeyVersion>;
