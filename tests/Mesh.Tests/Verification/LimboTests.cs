using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Mesh.Identities;
using Mesh.Verification;

namespace Mesh.Tests.Verification;

/// <summary>
/// The 208 cases of x509-limbo. They are about host names and the web's authorities, so they go two ways: through the verifier with the rules
/// that are not about workloads, where each case that is judged differently has its written reason; and through the verifier as it is, where
/// none may pass.
/// </summary>
public sealed class LimboTests
{
    // For cases that leave the time open.
    private static readonly DateTimeOffset _anyTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly VerificationLimits _exact = new() { Skew = TimeSpan.Zero };

    private static readonly string[] _rulesAboutWorkloads = ["KeyUsageCritical", "DigitalSignature", "ClientUsage", "ServerUsage", "Life", "OneUri", "SpiffeId", "TrustDomain"];

    [Fact]
    public void Cases_JudgedDifferently_AreTheOnesWithAReason()
    {
        var cases = Cases();
        Assert.SkipWhen(cases is null, "shared/data/x509-limbo is not here");

        var different = cases.Where(limbo => Accepts(limbo, ProfileFor(limbo)) != limbo.IsGood).Select(limbo => (limbo.Id, limbo.IsGood)).ToHashSet();

        Assert.Equal(208, cases.Count);
        Assert.Equal(
            LimboReasons.Refused.Keys.Select(id => (id, true)).Concat(LimboReasons.Accepted.Keys.Select(id => (id, false))).Order(),
            different.Order());
    }

    [Fact]
    public void Cases_ForTheVerifierAsItIs_AreNoWorkloads()
    {
        var cases = Cases();
        Assert.SkipWhen(cases is null, "shared/data/x509-limbo is not here");

        Assert.Empty(cases.Where(limbo => Accepts(limbo, LeafProfile.Workload)).Select(limbo => limbo.Id));
    }

    // What a case says about extended usages is asked for; some ask for none.
    private static LeafProfile ProfileFor(LimboCase limbo) => new(
        [.. LeafRules.All.Where(rule => !_rulesAboutWorkloads.Contains(rule.Name) || rule.Name == limbo.UsageRule)],
        _ => new WorkloadId("limbo", "limbo"));

    private static bool Accepts(LimboCase limbo, LeafProfile profile)
    {
        try
        {
            var view = Views.Of([.. limbo.Roots.Select(root => X509Certificate2.CreateFromPem(root))]);
            using var leaf = X509Certificate2.CreateFromPem(limbo.Leaf);
            return new LeafVerifier(_exact, profile).Verify(leaf.RawData, view, limbo.Time).Refusal is null;
        }
        catch (CryptographicException)
        {
            // A root that cannot be read never gets into a bundle.
            return false;
        }
    }

    private static List<LimboCase>? Cases()
    {
        var path = Path.Combine(Repository.Data ?? "", "x509-limbo", "limbo-regenerated.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("testcases").EnumerateArray().Select(Read)];
    }

    private static LimboCase Read(JsonElement limbo) => new(
        limbo.GetProperty("id").GetString()!,
        [.. limbo.GetProperty("trusted_certs").EnumerateArray().Select(root => root.GetString()!)],
        limbo.GetProperty("peer_certificate").GetString()!,
        limbo.GetProperty("validation_time") is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : _anyTime,
        limbo.GetProperty("extended_key_usage").EnumerateArray().Select(usage => usage.GetString()).FirstOrDefault() switch
        {
            "clientAuth" => "ClientUsage",
            "serverAuth" => "ServerUsage",
            _ => null,
        },
        limbo.GetProperty("expected_result").GetString() == "SUCCESS");

    private sealed record LimboCase(string Id, IReadOnlyList<string> Roots, string Leaf, DateTimeOffset Time, string? UsageRule, bool IsGood);
}
