using ControlPlane.Rotations;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What is promised of every world.</summary>
internal static class Invariant
{
    /// <summary>What is broken, or null.</summary>
    public static string? Broken(World world, Bundles bundles, int[] owners)
    {
        // The roots that every verifier trusts, and those that somebody's certificate needs.
        var (trusted, needed) = (int.MaxValue, 0);
        for (var index = 0; index < owners.Length; index++)
        {
            var peer = world.Peers[index];
            if (peer.Acts == 0)
            {
                continue;
            }

            var (bundle, service) = (bundles[world.BundleAt(peer.Acts)], owners[index]);
            if (IsDisabled(world, service, bundle.InUse[service]))
            {
                return $"{Bundles.Services[service]} acts on {peer.Acts}, whose version is disabled";
            }

            trusted &= bundle.Roots;
            needed |= RootOf(world, service, bundle.InUse[service]) | RootOf(world, service, bundle.Candidate[service]);
            for (var number = 0; number < World.Versions; number++)
            {
                needed |= (peer.Connections & (1 << number)) == 0 ? 0 : RootOf(world, service, number);
            }
        }

        var newest = bundles[world.NewestBundle];
        return (needed & ~trusted) != 0 ? "a certificate is presented that a verifier does not trust"
            : newest.InUse.Where((number, service) => IsDisabled(world, service, number)).Any() ? "the newest bundle has a disabled version in use"
            : (world.DisabledKeys & (1 << newest.Authority)) != 0 ? "the authority's key is disabled"
            : null;
    }

    /// <summary>What is broken at the end of a rotation, or null.</summary>
    public static string? BrokenEnd(World world, Bundles.Known newest, int run, RotationEnd end)
    {
        var number = world.Runs[run].Number;
        if (run == 0)
        {
            var root = end == RotationEnd.Rotated ? number : number - 1;
            return newest.Authority == root && newest.Roots == 1 << root ? null : $"the authority's rotation ended {end} with {newest}";
        }

        return newest.InUse[run - 1] == number == (end == RotationEnd.Rotated) ? null : $"{Conduct.IdOf(run, number)} ended {end} with {newest}";
    }

    private static bool IsDisabled(World world, int service, int number) => (world.Vault[(service * World.Versions) + number] & World.Disabled) != 0;

    // A bit for the root that signed it.
    private static int RootOf(World world, int service, int number) =>
        number < 0 ? 0 : 1 << ((world.Vault[(service * World.Versions) + number] & ~World.Disabled) - 1);
}
