namespace LocalHost.Vault.Certificates;

/// <summary>How far it is.</summary>
internal enum PendingStatus
{
    InProgress,
    Completed,
    Cancelled,
}
