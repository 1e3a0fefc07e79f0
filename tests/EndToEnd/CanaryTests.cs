using System.Net.Http.Json;
using System.Text;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>A secret that is sent in every place where one may stand is found in no log, in nothing that is exported, and in no problem.</summary>
public sealed class CanaryTests
{
    private const string Canary = "c4n4rYc4n4rYc4n4rYc4n4rY";

    [Fact]
    public async Task Secret_SentInEveryPlace_IsInNoLogNoTelemetryAndNoProblem()
    {
        await using var sink = await TelemetrySink.StartAsync();
        await using var host = await LocalHostProcess.StartAsync(new TestFolder(), [], sink.Environment);
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);
        using var management = Http.NewClient(host.Values["MANAGE_URL"]);
        var answers = new StringBuilder();

        foreach (var field in Fields())
        {
            foreach (var path in new[] { "/orders", "/ping", "/nowhere", "/overview/ada", "/public/echo/status/200" })
            {
                await SendAsync(client, Http.Request("GET", $"{path}?{Canary}={Canary}", field), answers);
            }

            using var post = Http.Request("POST", $"/orders?token={Canary}", field);
            post.Content = new StringContent($"{{\"{Canary}\":\"{Canary}\"}}", Encoding.UTF8, "application/json");
            await SendAsync(client, post, answers);
        }

        foreach (var credential in new[] { $"X-Api-Key: {host.Values["API_KEY"]}", $"Authorization: Bearer {host.Values["TOKEN"]}" })
        {
            using var post = Http.Request("POST", $"/orders?token={Canary}", credential, $"X-Secret: {Canary}", $"Cookie: session={Canary}");
            post.Content = new StringContent($"{{\"broken\":\"{Canary}", Encoding.UTF8, "application/json");
            await SendAsync(client, post, answers);
            await SendAsync(client, Http.Request("GET", $"/orders?token={Canary}", credential), answers);
        }

        management.DefaultRequestHeaders.Add("X-Secret", Canary);
        management.DefaultRequestHeaders.Authorization = new("Bearer", Canary);
        using var refused = await management.PostAsJsonAsync($"/consumers?token={Canary}", new { name = Canary }, TestContext.Current.CancellationToken);
        answers.AppendLine(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await host.StopAsync();

        Assert.Contains("GET", host.Output, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", sink.Text, StringComparison.Ordinal);
        AssertWithout(host.Output, Canary);
        AssertWithout(sink.Text, Canary);
        AssertWithout(answers.ToString(), Canary);
        foreach (var name in new[] { "API_KEY", "TOKEN", "MANAGE_KEY", "SHARED_VAULT_TOKEN" })
        {
            AssertWithout(host.Output, host.Values[name]);
            AssertWithout(sink.Text, host.Values[name]);
        }
    }

    private static IEnumerable<string> Fields() =>
    [
        $"X-Api-Key: {Canary}",
        $"X-Api-Key: sgw_live_{Canary}{Canary}",
        $"Authorization: ApiKey {Canary}",
        $"Authorization: Bearer {Canary}",
        $"Authorization: Bearer {Canary}.{Canary}.{Canary}",
        $"Authorization: Basic {Canary}",
        $"Authorization: {Canary}",
        $"Cookie: session={Canary}",
        $"DPoP: {Canary}",
        $"User-Agent: {Canary}",
        $"Referer: http://localhost/{Canary}",
        $"Origin: http://{Canary}.example",
        $"X-Request-Id: {Canary}",
        $"Gateway-Consumer: {Canary}",
        $"X-Forwarded-For: {Canary}",
        $"Forwarded: for={Canary}",
        $"Accept: {Canary}",
        $"baggage: secret={Canary}",
        $"tracestate: secret={Canary}",
        $"traceparent: {Canary}",
        $"{Canary}: {Canary}",
    ];

    private static async Task SendAsync(HttpClient client, HttpRequestMessage request, StringBuilder answers)
    {
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            answers.AppendLine(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    private static void AssertWithout(string text, string secret)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.True(line is null, $"A secret stands in: {line}");
    }
}
