namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>The row of a membership: whose it is, until when, and from when its share is usable.</summary>
internal readonly record struct Membership(byte Owner, byte End, byte UsableFrom)
{
    public void Write(List<byte> key) => key.AddRange([Owner, End, UsableFrom]);

    public static Membership Read(ReadOnlySpan<byte> key, ref int at) => new(key[at++], key[at++], key[at++]);
}
