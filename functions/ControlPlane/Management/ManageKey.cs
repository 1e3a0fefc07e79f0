using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Management;

/// <summary>The one credential of the management API.</summary>
internal sealed class ManageKey(string key)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Who calls, for the log: enough to tell an old key from a new one, nothing that helps to guess it.</summary>
    public string Who => $"manage-key {Convert.ToHexStringLower(_hash.AsSpan(0, 4))}";

    /// <summary>True: the request carries the key. Hashes are compared, so that neither length nor content shows in the time it takes.</summary>
    public bool IsIn(HttpRequest request)
    {
        var fields = request.Headers.Authorization;
        if (fields.Count != 1 || fields[0] is not { } field || !field.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var sent = SHA256.HashData(Encoding.UTF8.GetBytes(field[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(sent, _hash);
    }
}
