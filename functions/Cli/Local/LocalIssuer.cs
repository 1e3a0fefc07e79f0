using System.Net.Http.Headers;
using System.Text.Json;

namespace Cli.Local;

/// <summary>Client of the token issuer that scripts/run starts.</summary>
internal sealed class LocalIssuer(Uri url) : IDisposable
{
    private const string Start = "Start it with scripts/run, or set ISSUER_URL.";

    private readonly HttpClient _client = Calls.Client(url);

    public void Dispose() => _client.Dispose();

    public static LocalIssuer Find(Shell shell, string? given)
    {
        var text = given ?? Set(shell.Environment("ISSUER_URL")) ?? DevEnvironment.Find(shell.Directory)["ISSUER_URL"];
        return text is null
            ? throw new CommandException("The address of the local issuer is not known.", Start)
            : new(Calls.Address(text, "ISSUER_URL"));
    }

    public async Task<string> TokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancel)
    {
        using var content = new FormUrlEncodedContent(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Join(url, "token")) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await Calls.SendAsync(_client, request, "The local issuer", Start, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw Calls.Refused(answer, body, "The local issuer");
        }

        return Token(body) ?? throw new CommandException($"{url} answered without an access token.", "Is it the local issuer? " + Start);
    }

    private static string? Token(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, LocalJson.Default.TokenAnswer)?.AccessToken;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
