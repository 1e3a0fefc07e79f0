namespace Mesh.Storage;

/// <summary>Why a table gave no answer.</summary>
internal enum StorageLoss
{
    /// <summary>Storage cannot be reached, or is too slow.</summary>
    Away,

    /// <summary>This process may not use the table.</summary>
    Denied,

    /// <summary>There is no such table.</summary>
    NoTable,
}
