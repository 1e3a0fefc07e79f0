using System.Net.Http.Headers;
using System.Text.Json;
using Cli.Management;

namespace Cli.Azure;

/// <summary>
/// The management API of a deployment that azd made: its address from azd's environment, its key from the control plane's vault, read as whoever is signed in
/// to azd. Nothing of it is kept.
/// </summary>
internal static class AzdDeployment
{
    private const string VaultScope = "https://vault.azure.net/.default";
    private const string SecretPath = "secrets/manage-key?api-version=7.4";
    private const string Who = "The control plane's vault";

    public static async Task<ManagementAddress> FindAsync(Shell shell, CancellationToken cancel)
    {
        var values = AzdValues.Parse(await RunAsync(shell, ["env", "get-values"], cancel));
        var url = Calls.Address(Required(values, "CONTROL_PLANE_URL"), "CONTROL_PLANE_URL");
        var vault = Calls.Address(Required(values, "CONTROL_PLANE_VAULT_URL"), "CONTROL_PLANE_VAULT_URL");
        if (vault.Scheme != Uri.UriSchemeHttps && !vault.IsLoopback)
        {
            throw new CommandException($"{vault} is not encrypted: the manage key would be readable on the way.", "Run azd provision again, which writes its https address.");
        }

        return new(url, await KeyAsync(shell, vault, cancel), vault.ToString());
    }

    private static async Task<string> KeyAsync(Shell shell, Uri vault, CancellationToken cancel)
    {
        var token = Member(await RunAsync(shell, ["auth", "token", "--scope", VaultScope, "--output", "json"], cancel), "token")
            ?? throw new CommandException("azd gave no token.", "Sign in with: azd auth login");
        using var client = Calls.Client(vault);
        using var request = new HttpRequestMessage(HttpMethod.Get, Calls.Join(vault, SecretPath));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Calls.SendAsync(client, request, Who, "Is the deployment up?", cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        return (int)answer.StatusCode switch
        {
            200 => Member(System.Text.Encoding.UTF8.GetString(body), "value") ?? throw new CommandException($"{Who} gave no key.", "Look at the secret manage-key there."),
            401 or 403 => throw new CommandException($"{Who} does not let you read the manage key.", "Ask for the role Key Vault Secrets User on it; a role that was just given counts after some minutes."),
            404 => throw new CommandException($"{Who} has no manage key yet.", "The control plane makes it when it first runs: try again in two minutes. If it stays so, its log says why."),
            _ => throw Calls.Refused(answer, body, Who),
        };
    }

    private static string Required(IReadOnlyDictionary<string, string> values, string name) => values.TryGetValue(name, out var value) && value.Length > 0
        ? value
        : throw new CommandException($"azd's environment has no {name}.", "Deploy with azd up, or choose another environment with: azd env select");

    private static async Task<string> RunAsync(Shell shell, IReadOnlyList<string> args, CancellationToken cancel)
    {
        var (code, output, error) = await shell.Run("azd", args, shell.Directory, cancel);
        return code == 0 ? output : throw new CommandException($"azd {string.Join(' ', args.Take(2))} failed: {FirstLine(error)}", "Run it by hand to see more; sign in with: azd auth login");
    }

    private static string FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it said nothing";

    private static string? Member(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
