using System.Net.Http.Json;

namespace EndToEnd.Harness;

/// <summary>The management API, as far as tests need it to get credentials of their own.</summary>
internal sealed class Management(string address, string key)
{
    private static int _made;

    private readonly HttpClient _client = NewClient(address, key);

    /// <summary>A new consumer, and a key of its own with these scopes.</summary>
    public async Task<string> NewKeyAsync(params string[] scopes)
    {
        var consumer = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        await PostAsync("/consumers", new { name = consumer });
        var made = await PostAsync($"/consumers/{consumer}/keys", new { scopes });
        return (await made.JsonAsync()).GetProperty("key").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        var response = await _client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return response;
    }

    private static HttpClient NewClient(string address, string key)
    {
        var client = Http.NewClient(address);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}
