using Mesh.Identities;
using Mesh.Local;

namespace Mesh;

/// <summary>What makes settings of the mesh wrong; finds every mistake at once.</summary>
internal static class MeshOptionsRules
{
    private static readonly TimeSpan _longestAge = TimeSpan.FromHours(1);

    /// <param name="options">What was set.</param>
    /// <param name="local">The file of a local membership. Null: none is named.</param>
    /// <param name="hasVault">The host registered a client of the vault.</param>
    /// <param name="hasTables">The host registered a client of the tables.</param>
    public static IEnumerable<string> Check(MeshOptions options, LocalFile? local, bool hasVault, bool hasTables) => local switch
    {
        // What the file would have said is missing too, which is no mistake of its own.
        { Errors: { Count: > 0 } errors } => errors,
        { Membership: { } membership } => [.. Check(options, hasVault: true, hasTables: true), .. LocalRules.Check(membership, options).Select(local.At)],
        _ => Check(options, hasVault, hasTables),
    };

    private static IEnumerable<string> Check(MeshOptions options, bool hasVault, bool hasTables)
    {
        if (!WorkloadId.IsService(options.Service))
        {
            yield return $"Mesh:Service: '{options.Service}' is no service name. Use 1 to 63 lower-case letters, digits and hyphens, a letter first, such as orders.";
        }

        if (!WorkloadId.IsTrustDomain(options.TrustDomain))
        {
            yield return $"Mesh:TrustDomain: '{options.TrustDomain}' is no trust domain. Use lower-case letters, digits, dots and hyphens, such as contoso.internal.";
        }

        foreach (var error in new[] { Endpoint("Vault", options.Vault, hasVault, "https://orders.vault.azure.net"), Endpoint("Tables", options.Tables, hasTables, "https://contoso.table.core.windows.net") })
        {
            if (error is not null)
            {
                yield return error;
            }
        }

        if (options.ConnectionAge <= TimeSpan.Zero || options.ConnectionAge > _longestAge)
        {
            yield return $"Mesh:ConnectionAge: {options.ConnectionAge} is not between 0 and {_longestAge}. Use a few minutes, such as 00:05:00.";
        }

        if (options.Drain <= TimeSpan.Zero || options.Drain > _longestAge)
        {
            yield return $"Mesh:Drain: {options.Drain} is not between 0 and {_longestAge}. Use the longest time that a request may take, such as 00:05:00.";
        }

        foreach (var (name, address) in options.Services)
        {
            if (!WorkloadId.IsService(name))
            {
                yield return $"Mesh:Services:{name}: this is no service name. Use 1 to 63 lower-case letters, digits and hyphens, a letter first.";
            }

            if (!IsHttps(address))
            {
                yield return $"Mesh:Services:{name}: {address} is no https address. Use one such as https://orders.internal:8443.";
            }
        }
    }

    private static string? Endpoint(string setting, Uri? address, bool isGiven, string example) =>
        address is null && isGiven ? null
        : address is null ? $"Mesh:{setting}: is not set. Use the address, such as {example}, or register a client of your own."
        : IsHttps(address) ? null
        : $"Mesh:{setting}: {address} is no https address. Use one such as {example}.";

    private static bool IsHttps(Uri address) => address is { IsAbsoluteUri: true, Scheme: "https" };
}
