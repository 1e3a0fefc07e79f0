using ControlPlane.Authority;
using ControlPlane.Rotations;
using ControlPlane.Vault;
using Records.Trust;

namespace LocalHost.Tests.Rotations;

/// <summary>How everything has to stand when rotations are over, whatever happened on the way.</summary>
internal static class EndState
{
    /// <summary>Nothing runs; the newest version, by the newest rotation, is in use and the only one enabled; no rotation merged two.</summary>
    public static async Task AssertLeafAsync(ControlPlaneLife life, string service)
    {
        var history = await life.HistoryAsync(service);
        Assert.All(history, record => Assert.NotNull(record.Finished));
        var versions = await life.Vaults[service].VersionsAsync(service, RotationStores.Cancellation);
        var workload = (await life.NewestAsync()).Workload(service)!;
        var newest = Assert.Single(versions, version => version.Version == workload.InUse!.Version);
        Assert.Equal((history[0].Id, true), (newest.Tags[VaultCertificates.RotationTag], newest.Enabled));
        Assert.Null(workload.Candidate);
        Assert.All(versions.Except([newest]), version => Assert.False(version.Enabled));
        var merged = versions.Select(version => version.Tags[VaultCertificates.RotationTag]).ToList();
        Assert.Distinct(merged);
        Assert.Empty(history.Where(record => RotationJournal.OutcomeOf(record)!.End == RotationEnd.Rotated).Select(record => record.Id).Except(merged));
    }

    /// <summary>Nothing runs; what was in use is still, and the only version that is enabled; every rotation since went back, and none merged two.</summary>
    public static async Task AssertWentBackAsync(ControlPlaneLife life, string service, LeafVersion before)
    {
        var history = await life.HistoryAsync(service);
        Assert.All(history, record => Assert.NotNull(record.Finished));
        var versions = await life.Vaults[service].VersionsAsync(service, RotationStores.Cancellation);
        Assert.Equal(new Workload { Service = service, InUse = before }, (await life.NewestAsync()).Workload(service));
        Assert.Equal(before.Version, Assert.Single(versions, version => version.Enabled).Version);
        var merged = versions.Select(version => version.Tags[VaultCertificates.RotationTag]).ToList();
        Assert.Distinct(merged);
        var own = versions.Single(version => version.Version == before.Version).Tags[VaultCertificates.RotationTag];
        Assert.All(history.TakeWhile(record => record.Id != own), record => Assert.Equal(RotationEnd.RolledBack, RotationJournal.OutcomeOf(record)!.End));
    }

    /// <summary>The same of the authority: one root, whose key the newest rotation made and which signed every certificate in use.</summary>
    public static async Task AssertAuthorityAsync(ControlPlaneLife life)
    {
        var history = await life.HistoryAsync(RotationJournal.Authority);
        Assert.All(history, record => Assert.NotNull(record.Finished));
        var bundle = await life.NewestAsync();
        var root = Assert.Single(bundle.Roots);
        Assert.Equal(root.Id, bundle.Authority);
        Assert.All(bundle.Workloads, workload => Assert.Equal(root.Id, workload.InUse!.Authority));
        var versions = await life.Keys.VersionsAsync(AuthorityKeys.Name, RotationStores.Cancellation);
        var key = Assert.Single(versions, version => version.Enabled);
        Assert.Equal((root.KeyVersion, history[0].Id), (key.Version, key.Tags[VaultCertificates.RotationTag]));
        Assert.Equal(history.Select(record => record.Id).Append("first").Order(), versions.Select(version => version.Tags[VaultCertificates.RotationTag]).Order());
        foreach (var service in RotationStores.Services)
        {
            await AssertLeafAsync(life, service);
        }
    }
}
