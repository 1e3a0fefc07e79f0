using CsCheck;

namespace Records.Tests;

public sealed class LedgerRowTests
{
    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue / 64]);

    private static readonly Gen<LedgerRow> Rows =
        from epoch in Gen.ULong
        from revision in Number
        from slotTicks in Number
        from slots in Gen.Int[0, int.MaxValue]
        from phase in Number
        from limit in Number
        from slot in Number
        from total in Number
        from shards in Gen.Int[1, LedgerRow.MostShards]
        from earns in Gen.OneOf(Gen.Const(0L), Number)
        from free in Number
        from commits in Number
        from ids in Gen.ULong.Array[8]
        from steps in Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[1, 1L << 50]).List[0, 80]
        select new LedgerRow
        {
            Epoch = epoch,
            Revision = revision,
            Shape = new(slotTicks + 1, slots, phase % (slotTicks + 1)),
            Limit = limit,
            Total = total,
            Shards = shards,
            Base = slot,
            Earns = earns,
            Free = earns > 0 ? free : 0,
            Commits = commits,
            RecentCommits = ids[..(int)Math.Min(commits, 8)],
            Granted = Ascending(steps),
        };

    // Version, epoch, revision 5, slot of 300 ticks, 2 slots, phase 1, limit 10 of 10, 1 shard, base 6, no bucket, 1 commit, 1 id, 2 labels: 4 of 3 and 7 of 1.
    private static readonly byte[] Golden =
    [
        1, 8, 7, 6, 5, 4, 3, 2, 1, 5, 0xAC, 2, 2, 1, 10, 10, 1, 6, 0, 0, 1, 1, 9, 0, 0, 0, 0, 0, 0, 0, 2, 4, 3, 3, 1,
    ];

    [Fact]
    public void Row_WrittenAndRead_IsTheSame() => Rows.Sample(row =>
    {
        var reading = LedgerRowFormat.Read(LedgerRowFormat.Write(row));

        Assert.Null(reading.Fault);
        Assert.Equivalent(row, reading.Row, strict: true);
    });

    [Fact]
    public void Row_OfVersion1_IsTheseBytes()
    {
        var row = new LedgerRow
        {
            Epoch = 0x0102030405060708,
            Revision = 5,
            Shape = new(300, 2, 1),
            Limit = 10,
            Total = 10,
            Base = 6,
            Commits = 1,
            RecentCommits = [9],
            Granted = [new(4, 3), new(7, 1)],
        };

        Assert.Equal(Golden, LedgerRowFormat.Write(row));
        Assert.Equivalent(row, LedgerRowFormat.Read(Golden).Row, strict: true);
    }

    public static TheoryData<string, int, byte[]> Damages => new()
    {
        { "format version is not 1.", 0, [0] },
        { "format version is not 1.", 0, [2] },
        { "slots is negative or too large.", 12, [0x80, 0x80, 0x80, 0x80, 8] },
        { "phase is not below the slot's length.", 13, [0xAC, 2] },
        { "there is no shard.", 16, [0] },
        { "shards is negative or too large.", 16, [100] },
        { "free tokens are a bucket's only.", 19, [1] },
        { "commit ids are not as many as commits.", 20, [2] },
        { "number of commit ids is negative or too large.", 21, [9] },
        { "number of labels is negative or too large.", 30, [100] },
        { "label is not in its shortest form.", 31, [0x84, 0] },
        { "count is negative or too large.", 32, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1] },
        { "count is longer than 64 bits.", 32, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80] },
        { "count is negative or too large.", 32, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F] },
        { "labels are not ascending.", 33, [0] },
        { "a count is zero.", 32, [0] },
        { "there are bytes behind the end.", 34, [1, 0] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Row_Damaged_IsAFault(string fault, int at, byte[] instead)
    {
        byte[] damaged = [.. Golden[..at], .. instead, .. Golden[(at + 1)..]];

        Assert.Equal(new(null, fault), LedgerRowFormat.Read(damaged));
    }

    [Fact]
    public void Row_WithoutASlotLength_IsAFault()
    {
        var row = LedgerRowFormat.Read(Golden).Row! with { Shape = new(0, 2, 0) };

        Assert.Equal(new(null, "slot length is zero."), LedgerRowFormat.Read(LedgerRowFormat.Write(row)));
    }

    [Fact]
    public void Row_CutAnywhere_IsAFault()
    {
        for (var length = 0; length < Golden.Length; length++)
        {
            Assert.NotNull(LedgerRowFormat.Read(Golden.AsSpan(..length)).Fault);
        }
    }

    [Fact]
    public void Row_AnyByteChanged_IsAFaultOrTheOneFormOfAnotherRow() => Gen.Select(Rows, Gen.Int[0, int.MaxValue], Gen.Byte).Sample((row, at, value) =>
    {
        var bytes = LedgerRowFormat.Write(row);
        bytes[at % bytes.Length] = value;

        var reading = LedgerRowFormat.Read(bytes);

        Assert.True(reading.Fault is not null || LedgerRowFormat.Write(reading.Row!).SequenceEqual(bytes));
    });

    [Fact]
    public void AnyBytes_AreReadWithoutAnException() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var reading = LedgerRowFormat.Read([LedgerRowFormat.Version, .. bytes]);

        Assert.True(reading.Row is null != reading.Fault is null);
    });

    private static LabelCount[] Ascending(List<(long Distance, long Count)> steps)
    {
        var label = 0L;
        return [.. steps.Select(step => new LabelCount(label += step.Distance, step.Count))];
    }
}
