using Mesh.Peers;
using Mesh.Storage;
using Records;
using Records.Trust;

namespace Mesh.Tests.Peers;

/// <summary>The table of reports in memory.</summary>
internal sealed class MemoryPeers : IPeerStore
{
    private readonly Dictionary<RowAddress, PeerRow> _rows = [];

    /// <summary>Set: nothing is written.</summary>
    public StorageLoss? Loss { get; set; }

    public IReadOnlyCollection<PeerRow> Rows => _rows.Values;

    /// <summary>The report of the one instance.</summary>
    public PeerReport Report => PeerReportFormat.Read(Assert.Single(Rows).Document).Report!;

    /// <summary>Called at each write, before it is done.</summary>
    public Action<PeerRow>? Writing { get; set; }

    public Task<TableFailure?> WriteAsync(PeerRow row, CancellationToken cancellation)
    {
        Writing?.Invoke(row);
        return Answer(() => _rows[row.Address] = row);
    }

    public Task<TableFailure?> RemoveAsync(RowAddress address, CancellationToken cancellation) => Answer(() => _rows.Remove(address));

    private Task<TableFailure?> Answer(Action write)
    {
        if (Loss is { } loss)
        {
            return Task.FromResult<TableFailure?>(new(loss, new IOException("Away, says the test.")));
        }

        write();
        return Task.FromResult<TableFailure?>(null);
    }
}
