using ControlPlane.Authority;
using ControlPlane.Rotations;

namespace LocalHost.Tests.Rotations;

/// <summary>
/// One replacement of the authority, with the certificates' rotations inside it, by control planes that all die: each a moment later than the one
/// before, until one has got further than that; then from the first moment on again. So in the end every moment was one of death.
/// </summary>
public sealed class AuthorityCrashTests(RotationStores stores) : IClassFixture<RotationStores>
{
    // What the peers present has to last for as long as what another root signed may be presented.
    private static readonly RotationOptions _options = new()
    {
        Look = TimeSpan.FromMilliseconds(10),
        LeafLife = TimeSpan.FromMinutes(3),
        ConnectionAge = TimeSpan.Zero,
        Skew = TimeSpan.Zero,
    };

    [Fact]
    public async Task Authority_KilledAtEveryMoment_IsReplacedOnceAllTheSame()
    {
        await stores.BeginAsync(_options);
        await using var witness = stores.Live(options: _options);
        await LiveWithPeersAsync();

        var deaths = await DieAsync(witness, _options);

        // Two for each change: three bundles, a key made and disabled, eleven steps kept, and as much again for each certificate.
        Assert.InRange(deaths, 80, 200);
        Assert.Single(await witness.HistoryAsync(RotationJournal.Authority), record => RotationJournal.OutcomeOf(record)!.End == RotationEnd.Rotated);
        await EndState.AssertAuthorityAsync(witness);
    }

    [Fact]
    public async Task WayBack_KilledAtEveryMoment_LeavesTheAuthorityThatWas()
    {
        // Not one attempt for a leaf: it goes back from the appointment.
        var options = _options with { LeafAttempts = 0 };
        await stores.BeginAsync(options);
        await using var witness = stores.Live(options: options);
        await LiveWithPeersAsync();
        var before = await witness.NewestAsync();

        var deaths = await DieAsync(witness, options);

        // Two for each change: four bundles, a key made and disabled, and twelve steps kept.
        Assert.InRange(deaths, 35, 60);
        var history = (await witness.HistoryAsync(RotationJournal.Authority))[0];
        Assert.Equal(RotationEnd.RolledBack, RotationJournal.OutcomeOf(history)!.End);
        Assert.Contains(RotationJournal.StepsOf(history), step => step.Name == "Reinstate");
        var after = await witness.NewestAsync();
        Assert.Equal(before.Authority, Assert.Single(after.Roots).Id);
        Assert.Equal(before.Workloads, after.Workloads);
        var keys = await witness.Keys.VersionsAsync(AuthorityKeys.Name, RotationStores.Cancellation);
        Assert.Equal(after.Roots[0].KeyVersion, Assert.Single(keys, key => key.Enabled).Version);
    }

    private async Task LiveWithPeersAsync()
    {
        var peers = new TestPeers(stores);
        stores.Time.Meanwhile = _ => peers.ReportAsync();
        await peers.ReportAsync();
    }

    // How many died until one had nothing left to do.
    private async Task<int> DieAsync(ControlPlaneLife witness, RotationOptions options)
    {
        var begun = (await witness.HistoryAsync(RotationJournal.Authority)).Count;
        var (deaths, moment) = (0, 1);
        for (var before = ""; await DieAsync(moment, options, isBegun: before.Length > 0); deaths++)
        {
            var after = await StandingAsync(witness, begun);
            (moment, before) = after == before ? (moment + 1, before) : (1, after);
        }

        return deaths;
    }

    // False: nothing was left to do.
    private async Task<bool> DieAsync(int moment, RotationOptions options, bool isBegun)
    {
        await using var mortal = stores.Live(moment, options);
        await (isBegun ? mortal.ResumeAsync() : mortal.RunAsync(RotationJournal.Authority));
        return mortal.IsDead;
    }

    // How far it is: what the journal and the bundle say. Empty: not begun.
    private static async Task<string> StandingAsync(ControlPlaneLife witness, int begunBefore)
    {
        var records = await witness.Journal.ListAsync(RotationStores.Cancellation);
        var sequence = (await witness.NewestAsync()).Sequence;
        return records.Count(record => record.Certificate == RotationJournal.Authority) > begunBefore
            ? $"{sequence} {string.Join(' ', records.Select(record => $"{record.Id} {record.Steps.Length} {record.Finished is null}"))}"
            : "";
    }
}
