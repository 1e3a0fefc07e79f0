using Mesh.Storage;
using Records;
using Records.Trust;

namespace Mesh.Peers;

/// <summary>Where instances say what they act on; never throws for what storage does.</summary>
internal interface IPeerStore
{
    /// <summary>Writes the row, over whatever stands there. Null: it was done; otherwise it may or may not have been.</summary>
    Task<TableFailure?> WriteAsync(PeerRow row, CancellationToken cancellation);

    /// <summary>Removes the row. Null: it is not there.</summary>
    Task<TableFailure?> RemoveAsync(RowAddress address, CancellationToken cancellation);
}
