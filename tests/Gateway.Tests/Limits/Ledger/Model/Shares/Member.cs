namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>An instance that holds, or wants, the membership.</summary>
/// <param name="Held">What it knows to hold. Null: nothing.</param>
/// <param name="Spent">The slots of its last spends.</param>
/// <param name="Stage">Of the write that it waits for.</param>
/// <param name="Asked">What that would make of the row.</param>
internal sealed record Member(Membership? Held, byte[] Spent, FlightStage Stage, Membership Asked)
{
    public static Member Idle { get; } = new(null, [], FlightStage.None, default);

    /// <summary>A write is over.</summary>
    public Member Answered => this with { Stage = FlightStage.None, Asked = default };

    public void Write(List<byte> key)
    {
        key.AddRange([(byte)Stage, (byte)(Held is null ? 0 : 1), (byte)Spent.Length, .. Spent]);
        (Held ?? default).Write(key);
        Asked.Write(key);
    }

    public static Member Read(ReadOnlySpan<byte> key, ref int at)
    {
        var (stage, isHeld) = ((FlightStage)key[at++], key[at++] > 0);
        var spent = new byte[key[at++]];
        for (var index = 0; index < spent.Length; index++)
        {
            spent[index] = key[at++];
        }

        var held = Membership.Read(key, ref at);
        return new(isHeld ? held : null, spent, stage, Membership.Read(key, ref at));
    }
}
