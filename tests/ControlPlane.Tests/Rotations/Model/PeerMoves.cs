namespace ControlPlane.Tests.Rotations.Model;

/// <summary>
/// What instances do, each at its own pace. The fine model has every step of it. The coarse one leaves out what cannot be told apart: an
/// instance that acts may take up any later bundle, as it may have read that one whenever it was the newest; and its row always says what it
/// acts on, as a row that says less only holds up what waits, which may wait anyway. A row outlives its writer in the fine model only, for the
/// same reason.
/// </summary>
internal sealed class PeerMoves(Bounds bounds, Conduct conduct, Bundles bundles, int[] owners)
{
    public void From(World world, Action<Move, World, bool> reach)
    {
        for (var index = 0; index < owners.Length; index++)
        {
            var (at, peer) = (index, world.Peers[index]);
            var name = Bundles.Services[owners[index]];
            void Become(string what, int sequence, Peer next)
            {
                var after = world.Clone();
                after.Peers[at] = next;
                reach(new(name, what, sequence), after, true);
            }

            if (bounds.IsFine)
            {
                Finely(world, peer, owners[index], Become);
            }
            else
            {
                Coarsely(world, peer, owners[index], Become);
            }

            if (peer.Connections > 0)
            {
                Become("closes old connections", -1, peer with { Connections = 0 });
            }

            if (world.ExpiriesLeft > 0 && peer.IsAnnounced && (peer.Acts > 0 || peer.Has > 0))
            {
                var after = world.Clone();
                after.ExpiriesLeft--;
                after.Peers[index] = conduct.RowsOutliveTheirWriters
                    ? peer with { Acts = 0, Has = 0, IsAnnounced = false, Row = bounds.IsFine ? peer.Row : (byte)0 }
                    : peer with { IsAnnounced = false, Row = 0 };
                reach(new(name, conduct.RowsOutliveTheirWriters ? "freezes until its bundle is too old" : "has a row that is left out"), after, true);
            }
        }
    }

    private void Finely(World world, Peer peer, int service, Action<string, int, Peer> become)
    {
        if (!peer.IsAnnounced)
        {
            become("announces itself", -1, peer with { IsAnnounced = true, Row = 1 });
            if (peer.Row > 0)
            {
                become("has a row that is left out", -1, peer with { Row = 0 });
            }
        }

        if (peer.Has == 0 && world.Newest > peer.Acts && (peer.IsAnnounced || !conduct.AnnouncesBeforeItReads))
        {
            become("reads", world.Newest, peer with { Has = world.Newest });
        }

        if (peer.Has > 0)
        {
            become("acts on", peer.Has, Acting(world, peer, peer.Has, service) with { Has = 0 });
        }

        var known = conduct.ActsBeforeItAcknowledges || peer.Has == 0 ? peer.Acts : peer.Has;
        for (var sequence = 0; peer.IsAnnounced && sequence <= known; sequence++)
        {
            // Writes that were sent earlier may arrive later.
            become("acknowledges", sequence, peer with { Row = (byte)(sequence + 1) });
        }
    }

    private void Coarsely(World world, Peer peer, int service, Action<string, int, Peer> become)
    {
        if (!peer.IsAnnounced && peer.Acts == 0)
        {
            // What it reads is no older than this.
            become("announces itself", -1, peer with { IsAnnounced = true, Row = 1, Has = world.Newest });
            return;
        }

        for (var sequence = peer.Acts == 0 ? peer.Has : peer.Acts + 1; sequence <= world.Newest; sequence++)
        {
            become("acts on", sequence, Acting(world, peer, sequence, service) with { Has = 0, Row = peer.IsAnnounced ? (byte)(sequence + 1) : (byte)0 });
        }
    }

    // It closes nothing when it begins to present another certificate. Without a second root no connection can come to harm.
    private Peer Acting(World world, Peer peer, int sequence, int service)
    {
        var connections = peer.Connections;
        if (peer.Acts > 0 && bounds.Authority)
        {
            var (before, now) = (bundles[world.BundleAt(peer.Acts)].InUse[service], bundles[world.BundleAt(sequence)].InUse[service]);
            connections |= before == now ? (byte)0 : (byte)(1 << before);
        }

        return peer with { Acts = (byte)sequence, Connections = connections };
    }
}
