using System.Security.Cryptography.X509Certificates;
using Azure.Data.Tables;
using ControlPlane.Trust;
using Mesh.Leaves;
using Mesh.Trust;
using Records.Trust;

namespace LocalHost.Tests.Rotations;

/// <summary>An instance of each service, of which echo calls orders. Whenever a rotation waits, they act on the newest bundle and report it.</summary>
internal sealed class TestPeers(RotationStores stores)
{
    private readonly TableServiceClient _tables = stores.Tables();
    private readonly Dictionary<string, X509Certificate2> _leaves = [];
    private long _at;

    /// <summary>Candidates that fail when they are tried.</summary>
    public Func<LeafVersion, bool> Fails { get; set; } = _ => false;

    public async Task ReportAsync()
    {
        var (bundle, _) = TrustBundleFormat.Read((await new TrustTable(_tables).NewestAsync(RotationStores.Cancellation))!.Document);
        if (bundle!.Sequence > _at)
        {
            await ReportAsync(bundle, RotationStores.Orders, []);
            await ReportAsync(bundle, RotationStores.Echo, [RotationStores.Orders]);
            _at = bundle.Sequence;
        }
    }

    private async Task ReportAsync(TrustBundle bundle, string service, IReadOnlyList<string> calls)
    {
        var leaf = await LoadAsync(service, bundle.Workload(service)!.InUse!.Version);
        var document = PeerReportFormat.Write(new()
        {
            Service = service,
            Instance = "one",
            Sequence = bundle.Sequence,
            At = stores.Time.GetUtcNow(),
            Serves = true,
            Calls = calls,
            Canaries = [.. calls.Append(service).SelectMany(tried => Tried(bundle, tried, service, calls))],
        });
        var row = new PeerRow { Service = service, Instance = "one", Document = document, Certificate = leaf.RawData, Signature = DocumentSignature.Sign(leaf, PeerReportFormat.SignedBytes(document)) };
        await _tables.GetTableClient(PeerRow.Table).CreateIfNotExistsAsync(RotationStores.Cancellation);
        await _tables.GetTableClient(PeerRow.Table).UpsertEntityAsync(new TableEntity(row.ToRow()) { PartitionKey = service, RowKey = "one" }, cancellationToken: RotationStores.Cancellation);
    }

    // Its own candidate with everybody it calls, and those of whom it calls.
    private IEnumerable<CanaryResult> Tried(TrustBundle bundle, string tried, string service, IReadOnlyList<string> calls) =>
        bundle.Workload(tried)!.Candidate is not { } candidate ? []
        : from with in tried == service ? calls.Append(service) : [service]
          select new CanaryResult { Service = tried, Version = candidate.Version, With = with, Failure = Fails(candidate) ? "It was refused." : null };

    private async Task<X509Certificate2> LoadAsync(string service, string version) =>
        _leaves.TryGetValue(version, out var leaf)
            ? leaf
            : _leaves[version] = await new SecretLeafVault(stores.As(service).Secrets(stores.Vault(service).Address)).LoadAsync(service, version, RotationStores.Cancellation);
}
