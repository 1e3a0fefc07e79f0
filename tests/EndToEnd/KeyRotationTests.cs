using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>A key is replaced by the next one while its owner goes on calling.</summary>
public sealed class KeyRotationTests
{
    private const string Config = """
        version: 1
        routes:
          keyed: { match: GET /keyed, auth: apiKey, respond: { text: keyed } }
        """;

    [Fact]
    public async Task Key_Rotated_BothWorkMeanwhile_AndNoRequestIsRefused()
    {
        await using var host = await LocalHostProcess.StartWithConfigAsync(Config);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        var management = new Management(host.Values["MANAGE_URL"], host.Values["MANAGE_KEY"]);
        var old = await management.MakeKeyAsync();
        var statuses = new List<HttpStatusCode>();

        statuses.AddRange(await AskAsync(client, old, 100));
        var asking = AskAsync(client, old, 100);
        var recent = await management.RotateAsync(old, overlapSeconds: 3600);
        statuses.AddRange(await asking);
        for (var turn = 0; turn < 50; turn++)
        {
            statuses.AddRange(await AskAsync(client, recent, 1));
            statuses.AddRange(await AskAsync(client, old, 1));
        }

        Assert.Equal(300, statuses.Count);
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Key_RotatedWithoutOverlap_IsRefusedSoon_AndTheNextOneWorks()
    {
        await using var host = await LocalHostProcess.StartWithConfigAsync(Config);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        var management = new Management(host.Values["MANAGE_URL"], host.Values["MANAGE_KEY"]);
        var old = await management.MakeKeyAsync();
        Assert.Equal(HttpStatusCode.OK, Assert.Single(await AskAsync(client, old, 1)));

        var recent = await management.RotateAsync(old, overlapSeconds: 0);

        await Eventually.HoldsAsync(async () => (await AskAsync(client, old, 1))[0] == HttpStatusCode.Unauthorized, "the old key is refused");
        Assert.Equal(HttpStatusCode.OK, Assert.Single(await AskAsync(client, recent, 1)));
    }

    private static async Task<List<HttpStatusCode>> AskAsync(HttpClient client, System.Text.Json.JsonElement key, int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < times; time++)
        {
            using var answer = await client.SendAsync("GET", "/keyed", $"X-Api-Key: {key.GetProperty("key").GetString()}");
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
