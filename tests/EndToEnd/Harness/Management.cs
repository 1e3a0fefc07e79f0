using System.Net.Http.Json;
using System.Text.Json;

namespace EndToEnd.Harness;

/// <summary>The management API, as far as tests need it to get credentials of their own.</summary>
internal sealed class Management(string address, string key)
{
    private static int _made;

    private readonly HttpClient _client = NewClient(address, key);

    /// <summary>A new consumer, and a key of its own with these scopes.</summary>
    public async Task<string> NewKeyAsync(params string[] scopes) => (await MakeKeyAsync(scopes)).GetProperty("key").GetString()!;

    /// <summary>The same, as the management API describes the key.</summary>
    public async Task<JsonElement> MakeKeyAsync(params string[] scopes)
    {
        var consumer = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        await PostAsync("/consumers", new { name = consumer });
        var made = await PostAsync($"/consumers/{consumer}/keys", new { scopes });
        return await made.JsonAsync();
    }

    /// <summary>A second key like this one, which ends after the overlap.</summary>
    public async Task<JsonElement> RotateAsync(JsonElement key, int overlapSeconds) =>
        await (await PostAsync($"/keys/{key.GetProperty("id").GetString()}/rotate", new { overlapSeconds })).JsonAsync();

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        var response = await _client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return response;
    }

    /// <summary>A client that may use the management API.</summary>
    public static HttpClient NewClient(string address, string key)
    {
        var client = Http.NewClient(address);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}
