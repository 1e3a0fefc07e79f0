using System.Buffers.Binary;

namespace ControlPlane.Tests.Rotations.Model;

/// <summary>Everything that there is at one instant.</summary>
internal sealed class World
{
    /// <summary>The runs: the authority's, then one for each service.</summary>
    public const int Services = 2;

    public const int Versions = 8;

    /// <summary>The bundles that anybody may still act on, the newest last.</summary>
    public required int[] Bundles { get; set; }

    public required byte Newest { get; set; }

    public required Peer[] Peers { get; init; }

    public Run[] Runs { get; init; } = new Run[Services + 1];

    /// <summary>For each service and number the root that signed that version, plus one, and <see cref="Disabled"/>. 0: there is none.</summary>
    public byte[] Vault { get; init; } = new byte[Services * Versions];

    public const byte Disabled = 128;

    /// <summary>A bit for each root whose key is disabled.</summary>
    public byte DisabledKeys { get; set; }

    /// <summary>The journal of an overtaken runner, before the effect of its step. 0: there is none.</summary>
    public int Late { get; set; }

    public byte FailuresLeft { get; set; }

    public byte LateLeft { get; set; }

    public byte ExpiriesLeft { get; set; }

    public byte DueLeft { get; set; }

    public int BundleAt(int sequence) => Bundles[sequence - (Newest - Bundles.Length + 1)];

    public int NewestBundle => Bundles[^1];

    public void Publish(int bundle)
    {
        Bundles = [.. Bundles, bundle];
        Newest++;
    }

    /// <summary>Forgets the bundles that nobody can act on any more.</summary>
    public void Trim()
    {
        var lowest = (int)Newest;
        foreach (var peer in Peers)
        {
            lowest = Math.Min(lowest, Math.Min(peer.Acts == 0 ? lowest : peer.Acts, peer.Has == 0 ? lowest : peer.Has));
        }

        Bundles = Bundles[^(Newest - lowest + 1)..];
    }

    public World Clone() => new()
    {
        Bundles = Bundles,
        Newest = Newest,
        Peers = [.. Peers],
        Runs = [.. Runs],
        Vault = [.. Vault],
        DisabledKeys = DisabledKeys,
        Late = Late,
        FailuresLeft = FailuresLeft,
        LateLeft = LateLeft,
        ExpiriesLeft = ExpiriesLeft,
        DueLeft = DueLeft,
    };

    public byte[] Write()
    {
        var key = new byte[7 + (2 * Bundles.Length) + (4 * Peers.Length) + (5 * Runs.Length) + Vault.Length + 4];
        (key[0], key[1], key[2]) = ((byte)Bundles.Length, Newest, DisabledKeys);
        (key[3], key[4], key[5], key[6]) = (FailuresLeft, LateLeft, ExpiriesLeft, DueLeft);
        var rest = key.AsSpan(7);
        foreach (var bundle in Bundles)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)bundle);
            rest = rest[2..];
        }

        foreach (var peer in Peers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, peer.Packed);
            rest = rest[4..];
        }

        foreach (var run in Runs)
        {
            rest[0] = run.Number;
            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], run.Journal);
            rest = rest[5..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, Late);
        Vault.CopyTo(rest[4..]);
        return key;
    }

    public static World Read(byte[] key, int peers)
    {
        var bundles = new int[key[0]];
        ReadOnlySpan<byte> rest = key.AsSpan(7);
        foreach (ref var bundle in bundles.AsSpan())
        {
            bundle = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            rest = rest[2..];
        }

        var world = new World { Bundles = bundles, Newest = key[1], Peers = new Peer[peers], DisabledKeys = key[2] };
        foreach (ref var peer in world.Peers.AsSpan())
        {
            peer = Peer.From(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            rest = rest[4..];
        }

        foreach (ref var run in world.Runs.AsSpan())
        {
            run = new() { Number = rest[0], Journal = BinaryPrimitives.ReadInt32LittleEndian(rest[1..]) };
            rest = rest[5..];
        }

        world.Late = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest[4..].CopyTo(world.Vault);
        (world.FailuresLeft, world.LateLeft, world.ExpiriesLeft, world.DueLeft) = (key[3], key[4], key[5], key[6]);
        return world;
    }
}
