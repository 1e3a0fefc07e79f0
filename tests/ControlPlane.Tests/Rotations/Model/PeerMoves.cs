namespace ControlPlane.Tests.Rotations.Model;

/// <summary>What instances do, each at its own pace.</summary>
internal sealed class PeerMoves(Conduct conduct, Bundles bundles, int[] owners)
{
    public void From(World world, Action<string, World, bool> reach)
    {
        for (var index = 0; index < owners.Length; index++)
        {
            var peer = world.Peers[index];
            var name = Bundles.Services[owners[index]];
            void Become(string what, Peer next, bool isExpiry = false)
            {
                var after = world.Clone();
                after.Peers[index] = next;
                after.ExpiriesLeft -= (byte)(isExpiry ? 1 : 0);
                reach($"{name} {what}", after, true);
            }

            if (!peer.IsAnnounced)
            {
                Become("announces itself", peer with { IsAnnounced = true, Row = 1 });
            }

            if (peer.Has == 0 && world.Newest > peer.Acts && (peer.IsAnnounced || !conduct.AnnouncesBeforeItReads))
            {
                Become($"reads {world.Newest}", peer with { Has = world.Newest });
            }

            if (peer.Has > 0)
            {
                Become($"acts on {peer.Has}", Acting(world, peer, owners[index]));
            }

            var known = conduct.ActsBeforeItAcknowledges || peer.Has == 0 ? peer.Acts : peer.Has;
            if (peer.IsAnnounced && known + 1 > peer.Row)
            {
                Become($"acknowledges {known}", peer with { Row = (byte)(known + 1) });
            }

            if (peer.Connections > 0)
            {
                Become("closes old connections", peer with { Connections = 0 });
            }

            if (world.ExpiriesLeft > 0 && (peer.Acts > 0 || peer.Has > 0) && peer.IsAnnounced)
            {
                Become("freezes until its bundle is too old", peer with { Acts = 0, Has = conduct.ChecksTheAgeBeforeFirstUse ? (byte)0 : peer.Has, IsAnnounced = false }, true);
                if (!conduct.RowsOutliveTheirWriters)
                {
                    Become("has a row that is left out", peer with { Row = 0 }, true);
                }
            }

            if (!peer.IsAnnounced && peer.Row > 0)
            {
                Become("has a row that is left out", peer with { Row = 0 });
            }
        }
    }

    // It closes nothing when it begins to present another certificate.
    private Peer Acting(World world, Peer peer, int service)
    {
        var connections = peer.Connections;
        if (peer.Acts > 0)
        {
            var (before, now) = (bundles[world.BundleAt(peer.Acts)].InUse[service], bundles[world.BundleAt(peer.Has)].InUse[service]);
            connections |= before == now ? (byte)0 : (byte)(1 << before);
        }

        return peer with { Acts = peer.Has, Has = 0, Connections = connections };
    }
}
