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
        var peers = new TestPeers(stores);
        stores.Time.Meanwhile = _ => peers.ReportAsync();
        await peers.ReportAsync();
        await using var witness = stores.Live(options: _options);
        var (deaths, moment) = (0, 1);

        for (var before = ""; await DieAsync(moment, isBegun: before.Length > 0); deaths++)
        {
            var after = await StandingAsync(witness);
            (moment, before) = after == before ? (moment + 1, before) : (1, after);
        }

        // Two for each change: three bundles, a key made and disabled, eleven steps kept, and as much again for each certificate.
        Assert.InRange(deaths, 80, 200);
        Assert.Single(await witness.HistoryAsync(RotationJournal.Authority));
        await EndState.AssertAuthorityAsync(witness);
    }

    // False: nothing was left to do.
    private async Task<bool> DieAsync(int moment, bool isBegun)
    {
        await using var mortal = stores.Live(moment, _options);
        await (isBegun ? mortal.ResumeAsync() : mortal.RunAsync(RotationJournal.Authority));
        return mortal.IsDead;
    }

    // How far it is: what the journal and the bundle say. Empty: not begun.
    private static async Task<string> StandingAsync(ControlPlaneLife witness)
    {
        var records = await witness.Journal.ListAsync(RotationStores.Cancellation);
        var sequence = (await witness.NewestAsync()).Sequence;
        return records.Any(record => record.Certificate == RotationJournal.Authority)
            ? $"{sequence} {string.Join(' ', records.Select(record => $"{record.Id} {record.Steps.Length} {record.Finished is null}"))}"
            : "";
    }
}
