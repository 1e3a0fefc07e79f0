using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EndToEnd.Harness;

/// <summary>The certificates of the mesh, as the management API shows and changes them.</summary>
internal sealed class MeshDesk(LocalHostProcess host) : IDisposable
{
    // An authority's rotation waits for as long as certificates live, and a machine may be slow.
    private static readonly TimeSpan RotationsEnd = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = Management.NewClient(host.Values["MANAGE_URL"], host.Values["MANAGE_KEY"]);

    public Task<MeshView> ShowAsync() => GetAsync<MeshView>("/certificates");

    /// <summary>All that are remembered.</summary>
    public async Task<IReadOnlyList<MeshRotation>> RotationsAsync() => (await GetAsync<RotationList>("/rotations?limit=500")).Rotations;

    /// <summary>The certificates of the trusted authorities, as others read them.</summary>
    public async Task<IReadOnlyList<byte[]>> RootsAsync() =>
        [.. (await GetAsync<JsonElement>("/trust-bundle")).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("x5c")[0].GetBytesFromBase64())];

    /// <summary>Asks for another certificate of a service. Null: a rotation that somebody else began is under way.</summary>
    public Task<MeshRotation?> RotateAsync(string service) => BeginAsync($"/certificates/{service}/rotations", null);

    public Task<MeshRotation?> RotateAuthorityAsync() => BeginAsync("/authority/rotations", null);

    /// <summary>Has a certificate refused everywhere.</summary>
    public Task RevokeAsync(string serial) => BeginAsync("/certificates/revocations", new { serial });

    /// <summary>Waits until a rotation is over.</summary>
    public async Task<MeshRotation> EndAsync(string id)
    {
        var rotation = await GetAsync<MeshRotation>($"/rotations/{id}");
        await Eventually.HoldsAsync(
            async () => !(rotation = await GetAsync<MeshRotation>($"/rotations/{id}")).IsRunning, $"rotation {id} is over", RotationsEnd);
        return rotation;
    }

    public void Dispose() => _client.Dispose();

    private async Task<T> GetAsync<T>(string path)
    {
        using var response = await _client.SendAsync("GET", path);
        return (await response.JsonAsync()).Deserialize<T>(JsonSerializerOptions.Web)!;
    }

    private async Task<MeshRotation?> BeginAsync(string path, object? body)
    {
        using var response = await _client.PostAsync(path, body is null ? null : JsonContent.Create(body), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return response.StatusCode == HttpStatusCode.Accepted ? (await response.JsonAsync()).Deserialize<MeshRotation>(JsonSerializerOptions.Web) : null;
    }

    private sealed record RotationList(IReadOnlyList<MeshRotation> Rotations);
}
