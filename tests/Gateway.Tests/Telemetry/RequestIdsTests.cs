using Gateway.Telemetry;

namespace Gateway.Tests.Telemetry;

public sealed class RequestIdsTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 25, 14, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void New_IsAUuidOfVersion7_OfItsInstant()
    {
        var id = Guid.ParseExact(RequestIds.New(_now), "N");

        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        Assert.StartsWith(_now.ToUnixTimeMilliseconds().ToString("x12", null), id.ToString("N"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_NeverComesTwice() => Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => RequestIds.New(_now)).Distinct().Count());

    [Fact]
    public void New_OfALaterInstant_SortsLater() =>
        Assert.True(string.CompareOrdinal(RequestIds.New(_now), RequestIds.New(_now.AddMilliseconds(1))) < 0);
}
