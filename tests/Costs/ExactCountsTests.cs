using Costs.Stand;
using Gateway.Tests.Authentication.Jwt;
using Microsoft.Extensions.Time.Testing;

namespace Costs;

/// <summary>What can be counted to the last one. A smaller number is a success: write it here.</summary>
public sealed class ExactCountsTests
{
    private const int RequestsInASecond = 1_000;

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1) / RequestsInASecond;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Storage_IsCalledSoOften_ForTheFirstThousandRequests()
    {
        using var stand = new GatewayStand(_time);
        using var work = PipelineWork.Keyed(stand);

        Serve(work);

        Assert.Equal(new Calls(Ledger: 302, Records: 200), Calls.Of(stand));
    }

    [Fact]
    public void Storage_IsCalledSoOften_ForTenThousandRequestsLaterOn()
    {
        using var stand = new GatewayStand(_time);
        using var work = PipelineWork.Keyed(stand);
        Serve(work, seconds: 10);
        var before = Calls.Of(stand);

        Serve(work, seconds: 10);

        Assert.Equal(new Calls(Ledger: 100, Records: 1_000), Calls.Of(stand) - before);
    }

    [Theory]
    [InlineData("A", 1), InlineData("B", 2), InlineData("C", 2)]
    public void Request_WaitsSoOften_ForItsResponseToBegin(string name, int callbacks)
    {
        using var stand = new GatewayStand(_time);
        using var work = Work(name, stand);

        work.Run();

        Assert.Equal(callbacks, work.Response.Callbacks);
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C")]
    public void Request_WhoseAnswersAreInMemory_NeverWaits(string name)
    {
        using var stand = new GatewayStand(_time);
        using var work = Work(name, stand);
        Serve(work);

        var late = Completed.Late;
        Serve(work);

        Assert.Equal(late, Completed.Late);
    }

    private static PipelineWork Work(string name, GatewayStand stand) => name switch
    {
        "A" => PipelineWork.Open(stand),
        "B" => PipelineWork.Keyed(stand),
        _ => PipelineWork.Signed(stand, TestKey.Rsa, "RS256"),
    };

    // A thousand requests in each second.
    private void Serve(PipelineWork work, int seconds = 1)
    {
        for (var request = 0; request < seconds * RequestsInASecond; request++)
        {
            work.Run();
            _time.Advance(_between);
        }
    }

    /// <summary>Calls to storage: for limits, and for keys and their consumers.</summary>
    private readonly record struct Calls(int Ledger, int Records)
    {
        public static Calls Of(GatewayStand stand) => new(stand.Ledger.Calls, stand.Tables.Calls);

        public static Calls operator -(Calls one, Calls other) => new(one.Ledger - other.Ledger, one.Records - other.Records);
    }
}
