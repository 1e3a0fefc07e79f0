using System.Security.Cryptography.X509Certificates;
using Azure.Data.Tables;
using ControlPlane.Peers;
using ControlPlane.Rotations;
using ControlPlane.Trust;
using Mesh.Trust;
using Mesh.Verification;
using Microsoft.Extensions.Time.Testing;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Peers;

/// <summary>The tables of a mesh, with bundles and reports planted as the other side writes them.</summary>
internal sealed class MeshTables : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    public MeshTables()
    {
        Tables.Time = Time;
        Authority = new(_start);
        var verifier = new LeafVerifier(new());
        var bundles = new BundlePublisher(new(Tables), null!, Time);
        Board = new(new(Tables, Time), verifier, bundles, Time);
        Looks = new(bundles, Board, verifier, new() { Skew = TimeSpan.FromMinutes(1) }, Time);
    }

    public FakeTables Tables { get; } = new();

    public FakeTimeProvider Time { get; } = new(_start);

    public MeshAuthority Authority { get; }

    public PeerBoard Board { get; }

    public RotationLooks Looks { get; }

    public TrustBundle Publish(long sequence, params RefusedSerial[] refused)
    {
        var bundle = new TrustBundle
        {
            TrustDomain = MeshAuthority.TrustDomain,
            Sequence = sequence,
            Issued = Time.GetUtcNow(),
            Poll = TimeSpan.FromSeconds(15),
            MaxAge = TimeSpan.FromMinutes(30),
            Roots = [Authority.Root],
            Authority = Authority.Root.Id,
            Refused = refused,
        };
        var row = new BundleRow { Sequence = sequence, Document = TrustBundleFormat.Write(bundle), Signer = Authority.Root.Id, Signature = [1] };
        Tables[BundleRow.Table].Plant(new TableEntity(row.ToRow()) { PartitionKey = row.Address.PartitionKey, RowKey = row.Address.RowKey });
        return bundle;
    }

    public X509Certificate2 Leaf(string service, MeshAuthority? authority = null) => (authority ?? Authority).Issue(service, Time.GetUtcNow());

    public PeerRow Report(string service, string instance, long sequence, X509Certificate2? leaf, Func<PeerReport, PeerReport>? change = null, Func<PeerRow, PeerRow>? spoil = null)
    {
        var report = new PeerReport { Service = service, Instance = instance, Sequence = sequence, At = Time.GetUtcNow() };
        var document = PeerReportFormat.Write(change?.Invoke(report) ?? report);
        var row = new PeerRow
        {
            Service = service,
            Instance = instance,
            Document = document,
            Certificate = leaf?.RawData,
            Signature = leaf is null ? null : DocumentSignature.Sign(leaf, PeerReportFormat.SignedBytes(document)),
        };
        row = spoil?.Invoke(row) ?? row;
        Tables[PeerRow.Table].Plant(new TableEntity(row.ToRow()) { PartitionKey = service, RowKey = instance });
        return row;
    }

    public void Dispose() => Authority.Dispose();
}
