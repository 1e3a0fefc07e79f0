using System.Text.Json;

namespace EndToEnd.Harness;

/// <summary>Requests and answers, as short as tests want them.</summary>
internal static class Http
{
    public static HttpClient NewClient(string address) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        BaseAddress = new(address),
    };

    /// <summary>A request; header fields as "name: value".</summary>
    public static HttpRequestMessage Request(string method, string path, params IEnumerable<string> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        foreach (var field in fields)
        {
            var (name, value) = (field[..field.IndexOf(':')], field[(field.IndexOf(':') + 1)..].Trim());
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), $"{name} belongs to the content.");
        }

        return request;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, params IEnumerable<string> fields) =>
        client.SendAsync(Request(method, path, fields), TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            Assert.Fail($"{(int)response.StatusCode} with a body that is not JSON: {text}");
            throw;
        }
    }

    /// <summary>Checks that the answer is this problem (RFC 9457), whole and well-formed, and returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status, string slug)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"Expected {status} {slug}, got {(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.EndsWith($"/_gateway/problems/{slug}", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("instance").GetString()!);
        Assert.Contains(response.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("instance").GetString(), StringComparison.Ordinal);
        return problem;
    }
}
