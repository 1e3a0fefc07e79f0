using System.Net.Http.Json;
using System.Text.Json;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>Consumers with an API key each, made by the management API as an operator makes them.</summary>
internal static class Consumers
{
    public const int Count = 100;

    public static async Task<IReadOnlyList<(string Key, string Consumer)>> MakeAsync(MeshHost mesh, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = new(mesh.Values["MANAGE_URL"]) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", mesh.Values["MANAGE_KEY"]);
        var made = new List<(string, string)>();
        for (var number = 0; number < Count; number++)
        {
            var name = NameOf(number);
            await PostAsync(client, "/consumers", new { name }, cancellation);
            var key = await PostAsync(client, $"/consumers/{name}/keys", new { scopes = Array.Empty<string>() }, cancellation);
            made.Add((key.GetProperty("key").GetString()!, name));
        }

        return made;
    }

    public static string NameOf(int number) => $"consumer-{number:000}";

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, CancellationToken cancellation)
    {
        using var response = await client.PostAsJsonAsync(path, body, cancellation);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellation)
            : throw new BenchFailure($"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
    }
}
