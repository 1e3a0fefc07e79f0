using System.Diagnostics.Metrics;
using Mesh.Health;
using Mesh.Telemetry;

namespace Mesh.Trust;

/// <summary>Measures what this process acts on.</summary>
internal sealed class TrustMetrics
{
    private readonly Counter<long> _refused;

    /// <param name="service">Whose certificate it is.</param>
    public TrustMetrics(IMeterFactory meters, string service, MeshStatus status, TimeProvider time)
    {
        var meter = meters.Create(MeshInstruments.Name);
        var tag = new KeyValuePair<string, object?>("service", service);
        _refused = meter.CreateCounter<long>("mesh.bundles.refused", "{bundle}", "Trust bundles that are not acted on, by reason; counted at each look.");
        meter.CreateObservableGauge("cert_expiry_seconds", () => Seconds(status.Expires - time.GetUtcNow(), tag), "s", "Time until the certificate in use ends, by service.");
        meter.CreateObservableGauge("mesh.bundle.age", () => Seconds(status.Age, tag), "s", "Time since the trust bundle was confirmed to be the newest.");
    }

    public void BundleRefused(BundleRefusal refusal) => _refused.Add(1, new KeyValuePair<string, object?>("reason", ReasonOf(refusal)));

    private static Measurement<double>[] Seconds(TimeSpan? time, KeyValuePair<string, object?> tag) => time is { } known ? [new(known.TotalSeconds, tag)] : [];

    private static string ReasonOf(BundleRefusal refusal) => refusal switch
    {
        BundleRefusal.Damaged => "damaged",
        BundleRefusal.UnknownSigner => "unknown-signer",
        BundleRefusal.BadSignature => "bad-signature",
        BundleRefusal.WrongSequence => "wrong-sequence",
        BundleRefusal.WrongTrustDomain => "wrong-trust-domain",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Add the new reason to this table."),
    };
}
