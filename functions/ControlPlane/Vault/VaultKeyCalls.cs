using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ControlPlane.Vault;

/// <summary>Calls of the keys protocol: token, retries and failures as the other Azure clients have them.</summary>
internal sealed class VaultKeyCalls
{
    private const string ApiVersion = "7.4";

    private readonly Uri _vault;
    private readonly HttpPipeline _pipeline;

    public VaultKeyCalls(Uri vault, TokenCredential credential, VaultKeysOptions options)
    {
        _vault = vault;
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, VaultHost.ScopeOf(vault, options.IsEmulator)));
    }

    public Uri Vault => _vault;

    /// <param name="method">The method.</param>
    /// <param name="path">Below the vault; its segments are escaped.</param>
    /// <param name="body">None: null.</param>
    public Task<T> SendAsync<T>(RequestMethod method, string path, object? body, CancellationToken cancellation) =>
        SendAsync<T>(method, new Uri(_vault, $"{path}?api-version={ApiVersion}"), body, cancellation);

    /// <summary>The next page of a list, which must be of the same vault: the token goes along.</summary>
    public Task<T> FollowAsync<T>(string nextLink, CancellationToken cancellation)
    {
        var next = new Uri(nextLink);
        return Uri.Compare(next, _vault, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? SendAsync<T>(RequestMethod.Get, next, null, cancellation)
            : throw new FormatException($"A list of {_vault.Host} goes on at {next.Host}; it is not followed there.");
    }

    private Task<T> SendAsync<T>(RequestMethod method, Uri address, object? body, CancellationToken cancellation) => VaultFailures.TryAsync(
        _vault,
        async () =>
        {
            using var message = _pipeline.CreateMessage();
            message.Request.Method = method;
            message.Request.Uri.Reset(address);
            message.Request.Headers.Add("Accept", "application/json");
            if (body is not null)
            {
                message.Request.Headers.Add("Content-Type", "application/json");
                message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
            }

            await _pipeline.SendAsync(message, cancellation);
            return message.Response.IsError
                ? throw new RequestFailedException(message.Response)
                : JsonSerializer.Deserialize<T>(message.Response.Content.ToMemory().Span) ?? throw new FormatException($"{_vault.Host} answered with nothing.");
        },
        cancellation);
}
