using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ControlPlane.Access;

/// <summary>A key that the host gave: whoever has it may do all.</summary>
internal sealed class ManageKey(string key) : IManageCredential
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public ValueTask<ManageCaller?> IdentifyAsync(HttpRequest request, CancellationToken cancellation) => new(Identify(BearerField.Read(request)));

    /// <summary>Hashes are compared, so that neither length nor content shows in the time it takes.</summary>
    public ManageCaller? Identify(string? sent) =>
        sent is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), _hash)
            // Enough to tell an old key from a new one, nothing that helps to guess it.
            ? new($"manage-key {Convert.ToHexStringLower(_hash.AsSpan(0, 4))}", MayChange: true)
            : null;
}
