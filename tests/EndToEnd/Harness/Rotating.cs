namespace EndToEnd.Harness;

/// <summary>Rotates certificates under load, and sees for itself that the new ones are in use.</summary>
internal sealed class Rotating(LocalHostProcess host, MeshDesk desk, MeshWatch watch, MeshLoad load)
{
    private const string Gateway = "gateway";

    /// <summary>Rotates a service's certificate once, and waits until all of its instances present the new one and the rotation is over.</summary>
    public async Task<RotationFigure> LeafAsync(string service)
    {
        var (before, rotation, began) = await BeginAsync(service);
        var named = TimeSpan.Zero;
        await Eventually.HoldsAsync(
            () =>
            {
                var view = watch.Latest;
                var serial = view.LeafOf(service).Serial;
                named = named == TimeSpan.Zero && serial != before ? TimeProvider.System.GetElapsedTime(began) : named;
                return serial != before && view.PeersOf(service).All(peer => peer.Serial == serial);
            },
            $"all instances of {service} use another certificate than {before}");
        var everywhere = TimeProvider.System.GetElapsedTime(began);
        await RequirePresentedAsync(service, other: before);

        var ended = await desk.EndAsync(rotation);
        Assert.True(ended.IsRotated, $"{ended}");
        return new(service, named, everywhere, TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>Replaces the authority so often, each time until it is the only one and has signed what every service presents.</summary>
    public async Task AuthoritiesAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            var before = Assert.Single((await desk.ShowAsync()).Authorities).Id;
            var ended = await desk.EndAsync((await desk.RotateAuthorityAsync())!.Id);
            Assert.True(ended.IsRotated, $"{ended}");

            var view = await desk.ShowAsync();
            var authority = Assert.Single(view.Authorities);
            Assert.NotEqual(before, authority.Id);
            Assert.All(view.Workloads, workload => Assert.Equal(authority.Id, workload.InUse!.Authority));
            var root = Assert.Single(await desk.RootsAsync());
            foreach (var service in view.Workloads.Select(workload => workload.Service).Where(service => service != Gateway))
            {
                using var presented = await TlsProbe.PresentedAsync(AddressOf(service));
                Assert.True(TlsProbe.IsSignedBy(presented, root), $"{service} presents {presented.SerialNumber}, which the new authority did not sign.");
            }
        }
    }

    // Certificates that live so short are replaced on their own too: such a rotation may be past what is measured here.
    private async Task<(string Before, string Rotation, long Began)> BeginAsync(string service)
    {
        while (true)
        {
            var before = (await desk.ShowAsync()).LeafOf(service).Serial;
            var began = TimeProvider.System.GetTimestamp();
            if (await desk.RotateAsync(service) is { } rotation)
            {
                return (before, rotation.Id, began);
            }

            await EndOfOtherAsync(service);
        }
    }

    private async Task EndOfOtherAsync(string service)
    {
        if ((await desk.RotationsAsync()).FirstOrDefault(rotation => rotation.Certificate == service && rotation.IsRunning) is { } other)
        {
            await desk.EndAsync(other.Id);
        }
    }

    private async Task RequirePresentedAsync(string service, string other)
    {
        if (service == Gateway)
        {
            await Eventually.HoldsAsync(() => load.CallerSerials.All(serial => serial != other), $"no front door presents {other} to Echo");
            return;
        }

        using var presented = await TlsProbe.PresentedAsync(AddressOf(service));
        Assert.NotEqual(other, presented.SerialNumber);
    }

    private string AddressOf(string service) => host.Values[$"{service.ToUpperInvariant()}_URL"];
}
