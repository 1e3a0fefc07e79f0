using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace YarpPeer;

/// <summary>API keys as a team writes them for ASP.NET Core: looked up by the SHA-256 of the key.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyHandler.Known known)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers["X-Api-Key"].ToString();
        if (key.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(known.Find(key) is { } consumer
            ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, consumer)], Name)), Name))
            : AuthenticateResult.Fail("The key is not known."));
    }

    /// <summary>The consumers by their keys' hashes.</summary>
    internal sealed class Known(string file)
    {
        private readonly FrozenDictionary<string, string> _consumers = File.ReadLines(file)
            .Select(static line => line.Split(' '))
            .ToFrozenDictionary(static parts => Hash(parts[0]), static parts => parts[1]);

        public string? Find(string key) => _consumers.GetValueOrDefault(Hash(key));

        private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
