using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Cli.Management;

/// <summary>Client of the management API. It is the only way in: gw never touches storage.</summary>
internal sealed class ManagementClient : IDisposable
{
    private const string Who = "The management API";

    private readonly ManagementAddress _address;
    private readonly HttpClient _client;

    private ManagementClient(ManagementAddress address)
    {
        _address = address;
        _client = Calls.Client(address.Url);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Key);
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public static ManagementClient To(ManagementAddress address) => new(address);

    public void Dispose() => _client.Dispose();

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel) => CallAsync(HttpMethod.Get, path, null, type, cancel);

    public Task<T> PostAsync<T>(string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancel, Action<HttpRequestHeaders>? headers = null) =>
        CallAsync(HttpMethod.Post, path, body, type, cancel, headers);

    public Task<T> PatchAsync<T>(string path, JsonObject body, JsonTypeInfo<T> type, CancellationToken cancel) =>
        CallAsync(HttpMethod.Patch, path, body, type, cancel);

    public async Task DeleteAsync(string path, CancellationToken cancel) => await SendAsync(HttpMethod.Delete, path, null, cancel);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel, Action<HttpRequestHeaders>? headers = null) =>
        CallAsync(HttpMethod.Delete, path, null, type, cancel, headers);

    private async Task<T> CallAsync<T>(HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancel, Action<HttpRequestHeaders>? headers = null)
    {
        var answer = await SendAsync(method, path, body, cancel, headers);
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw NotTheApi();
        }
        catch (JsonException)
        {
            throw NotTheApi();
        }
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, Calls.Join(_address.Url, path));
        headers?.Invoke(request.Headers);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Calls.SendAsync(_client, request, Who, "Start it with scripts/run, or set MANAGE_URL and MANAGE_KEY.", cancel);
        var content = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized)
        {
            throw new CommandException($"{Who} at {_address.Url.GetLeftPart(UriPartial.Authority)} refused MANAGE_KEY.", $"The key was read from {_address.KeyFrom}: is it of this address?");
        }

        return answer.IsSuccessStatusCode ? content : throw Calls.Refused(answer, content, Who);
    }

    private CommandException NotTheApi() =>
        new($"{_address.Url} did not answer as the management API does.", "Does MANAGE_URL name the management API, in the version of this gw?");
}
