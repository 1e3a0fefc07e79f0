namespace LocalHost.Vault.Access;

/// <summary>What can be done with it.</summary>
internal enum VaultVerb
{
    Get,
    List,
    ListVersions,
    Create,
    Import,
    Merge,
    Set,
    Sign,
    Update,
    Delete,
    GetPending,
    CancelPending,
    DeletePending,
    GetPolicy,
    UpdatePolicy,
    GetDeleted,
    ListDeleted,
    Recover,
    Purge,
}
