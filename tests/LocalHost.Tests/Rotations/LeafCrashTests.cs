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
        var earlier = await BegunAsync();

        var moment = 1;
        while (await DieAsync(moment, earlier))
        {
            moment++;
        }

        // Begun, issued twice, published twice, five steps kept, retired and finished twice: before and after each.
        Assert.InRange(moment, 25, 60);
    }

    [Fact]
    public async Task WayBack_KilledAtEveryMoment_LeavesWhatWasInUse()
    {
        await stores.BeginAsync();
        var peers = new TestPeers(stores) { Fails = _ => true };
        stores.Time.Meanwhile = _ => peers.ReportAsync();
        await peers.ReportAsync();
        await using var witness = stores.Live();
        var before = (await witness.NewestAsync()).Workload(RotationStores.Orders)!.InUse!;
        var earlier = await BegunAsync();

        var moment = 1;
        while (await DieGoingBackAsync(moment))
        {
            moment++;
        }

        // Begun, issued twice, published twice, six steps kept, disabled and finished twice: before and after each.
        Assert.InRange(moment, 25, 60);
        Assert.Equal(moment + earlier, await BegunAsync());
        await EndState.AssertWentBackAsync(witness, RotationStores.Orders, before);
    }

    private async Task<int> BegunAsync()
    {
        await using var witness = stores.Live();
        return (await witness.HistoryAsync(RotationStores.Orders)).Count;
    }

    // False: the rotation needed fewer moments.
    private async Task<bool> DieGoingBackAsync(int moment)
    {
        await using var mortal = stores.Live(moment);
        await mortal.RunAsync(RotationStores.Orders);
        await using var next = stores.Live();
        await next.ResumeAsync();
        if (mortal.IsDead && moment == 1)
        {
            await next.RunAsync(RotationStores.Orders);
        }

        return mortal.IsDead;
    }

    // False: the rotation needed fewer moments.
    private async Task<bool> DieAsync(int moment, int earlier)
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

        Assert.Equal(moment + earlier, (await next.HistoryAsync(RotationStores.Orders)).Count);
        await EndState.AssertLeafAsync(next, RotationStores.Orders);
        return mortal.IsDead;
    }
}
