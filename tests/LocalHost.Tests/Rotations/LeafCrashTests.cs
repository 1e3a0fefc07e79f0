namespace LocalHost.Tests.Rotations;

/// <summary>A control plane that dies at every moment of a certificate's rotation, on the real stores; the next one ends it as if nothing had been.</summary>
public sealed class LeafCrashTests(RotationStores stores) : IClassFixture<RotationStores>
{
    [Fact]
    public async Task Leaf_KilledAtEveryMoment_IsRotatedOnceAllTheSame()
    {
        await stores.BeginAsync();
        var peers = new TestPeers(stores);
        stores.Time.Meanwhile = _ => peers.ReportAsync();
        await peers.ReportAsync();

        var moment = 1;
        while (await DieAsync(moment))
        {
            moment++;
        }

        // Begun, issued twice, published twice, five steps kept, retired and finished twice: before and after each.
        Assert.InRange(moment, 25, 60);
    }

    // False: the rotation needed fewer moments.
    private async Task<bool> DieAsync(int moment)
    {
        await using var mortal = stores.Live(moment);
        await mortal.RunAsync(RotationStores.Orders);
        await using var next = stores.Live();
        await next.ResumeAsync();
        if (mortal.IsDead && moment == 1)
        {
            // Before it had begun: nothing is there to be taken up.
            await next.RunAsync(RotationStores.Orders);
        }

        Assert.Equal(moment + 1, (await next.HistoryAsync(RotationStores.Orders)).Count);
        await EndState.AssertLeafAsync(next, RotationStores.Orders);
        return mortal.IsDead;
    }
}
