namespace Gateway.Tests.Limits.Ledger.Model.Shares;

/// <summary>One state: true time, the row of the membership, two instances, a write that may still land, and what was admitted.</summary>
/// <param name="Late">Lands only while the row is the one it was prepared from. Null: there is none.</param>
/// <param name="Admitted">True ticks, ascending.</param>
internal sealed record ShareWorld(byte Time, Membership Row, Member[] Members, Membership? Late, byte[] Admitted)
{
    public ShareWorld With(int at, Member member)
    {
        Member[] members = [.. Members];
        members[at] = member;
        return this with { Members = members };
    }

    /// <summary>The row is written; every other write on its way names an ETag that is no more.</summary>
    public ShareWorld Land(Membership row) => this with
    {
        Row = row,
        Late = null,
        Members = [.. Members.Select(member => member.Stage == FlightStage.Sent ? member with { Stage = FlightStage.Stale, Asked = default } : member)],
    };

    /// <summary>Nobody waits for this instance's write any more.</summary>
    public ShareWorld LeaveBehind(Member member) => this with { Late = member.Stage == FlightStage.Sent ? member.Asked : Late };

    public byte[] ToKey()
    {
        List<byte> key = [Time];
        Row.Write(key);
        Members[0].Write(key);
        Members[1].Write(key);
        key.Add((byte)(Late is null ? 0 : 1));
        (Late ?? default).Write(key);
        key.AddRange(Admitted);
        return [.. key];
    }

    public static ShareWorld FromKey(ReadOnlySpan<byte> key)
    {
        var at = 0;
        var time = key[at++];
        var row = Membership.Read(key, ref at);
        Member[] members = [Member.Read(key, ref at), Member.Read(key, ref at)];
        var isLate = key[at++] > 0;
        var late = Membership.Read(key, ref at);
        return new(time, row, members, isLate ? late : null, key[at..].ToArray());
    }

    public override string ToString() =>
        $"t={Time} row={Row} {string.Join(' ', Members.Select(member => $"({member.Held} spent [{string.Join(' ', member.Spent)}] {member.Stage} {member.Asked})"))} late={Late} admitted=[{string.Join(' ', Admitted)}]";
}
