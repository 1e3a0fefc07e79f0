using System.Globalization;
using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>The promise of an exact limit, kept by four processes on one storage, of which one is killed and one stands still for longer than its leases last.</summary>
public sealed class FourGatewaysTests(ITestOutputHelper output)
{
    private const int Limit = 40;

    private const string Config = """
        version: 1
        limits: { shared: 40 per 2s }
        services:
          backend: "${env:BACKEND_URL}"
        routes:
          all: { match: "POST /{gateway}", auth: anonymous, limits: [shared], forward: backend }
        """;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Limit_OfFourProcesses_HoldsInEveryWindow_WhileOneIsKilledAndOneStandsStill()
    {
        var random = Seeded();
        var admissions = new Admissions();
        await using var backend = await TestBackend.StartAsync(admissions.TakeAsync);
        await using var first = await LocalHostProcess.StartWithConfigAsync(Config, new Dictionary<string, string> { ["BACKEND_URL"] = backend.Url }, "--stamp-admissions");
        await using var second = await first.JoinAsync("--stamp-admissions");
        await using var third = await first.JoinAsync("--stamp-admissions");
        await using var fourth = await first.JoinAsync("--stamp-admissions");
        LocalHostProcess[] gateways = [first, second, third, fourth];
        int[] joined = [1, 2, 3];
        random.Shuffle(joined);
        var (killed, still, left) = (joined[0], joined[1], joined[2]);

        await using var flood = new Flood(gateways.Select(gateway => gateway.Values["GATEWAY_URL"]));
        await DisturbAsync(random, admissions, gateways, killed, still, others: [0, left]);
        await flood.EndAsync();

        output.WriteLine($"killed {killed}, stood still {still}; answers {flood}; at the most {admissions.MostWithin(Window)} in a window");
        Assert.Equal(0, admissions.Unstamped);
        Assert.InRange(admissions.MostWithin(Window), (Limit / 2) + 1, Limit);
        Assert.Equal([killed], flood.Broken.Keys);
        Assert.Empty(flood.Statuses.Except([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable]));
        Assert.NotEmpty(flood.Refusals);
        Assert.All(flood.Refusals, wait => Assert.True(int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0, $"Retry-After: {wait}"));
    }

    private Random Seeded()
    {
        const string Name = "FOUR_GATEWAYS_SEED";
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Name), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"{Name}={seed} runs the same again, as far as the machine does.");
        return new(seed);
    }

    // The kill comes before, during or after the stop, and each of them in the midst of admissions.
    private static async Task DisturbAsync(Random random, Admissions admissions, LocalHostProcess[] gateways, int killed, int still, int[] others)
    {
        var killIn = random.Next(3);
        async Task KillAsync(int part)
        {
            if (part == killIn)
            {
                await admissions.GrowAsync(random.Next(1, Limit / 2), killed);
                await gateways[killed].StopAsync("KILL");
            }
        }

        await KillAsync(0);
        await admissions.GrowAsync(random.Next(1, Limit / 2), still);
        await ProcessTree.SignalAsync(gateways[still].Id, "STOP");
        try
        {
            await KillAsync(1);
            // These take more than two windows at the least, which no lease of a limit in such demand outlasts.
            await admissions.GrowAsync(3 * Limit, others);
        }
        finally
        {
            await ProcessTree.SignalAsync(gateways[still].Id, "CONT");
        }

        await KillAsync(2);
        await admissions.GrowAsync(2 * Limit, others);
    }
}
