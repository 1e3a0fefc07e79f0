using System.Text.RegularExpressions;

namespace Mesh.Identities;

/// <summary>Who a workload is: <c>spiffe://&lt;trustDomain&gt;/&lt;service&gt;</c> (SPIFFE-ID §2). A service has one path segment here.</summary>
/// <param name="TrustDomain">Such as contoso.internal.</param>
/// <param name="Service">Such as orders.</param>
public sealed partial record WorkloadId(string TrustDomain, string Service)
{
    private const string Scheme = "spiffe://";

    // SPIFFE-ID §2: at most 255 bytes of trust domain, 2048 in all. A service's name is also a table key and a certificate's name in a vault: shorter.
    private const int LongestTrustDomain = 255;

    public override string ToString() => $"{Scheme}{TrustDomain}/{Service}";

    /// <summary>Lower-case letters, digits, dots, hyphens and underscores (SPIFFE-ID §2.1).</summary>
    public static bool IsTrustDomain(string text) => text.Length is > 0 and <= LongestTrustDomain && TrustDomainPattern().IsMatch(text);

    /// <summary>What also names a certificate in a vault: 1 to 63 lower-case letters, digits and hyphens, the first a letter.</summary>
    public static bool IsService(string text) => ServicePattern().IsMatch(text);

    /// <summary>The id that this text is, or null: scheme and trust domain in lower case, exactly one path segment, nothing that needs decoding.</summary>
    public static WorkloadId? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text[Scheme.Length..].Split('/');
        return parts.Length == 2 && IsTrustDomain(parts[0]) && IsService(parts[1]) ? new(parts[0], parts[1]) : null;
    }

    [GeneratedRegex(@"\A[a-z0-9._-]+\z")]
    private static partial Regex TrustDomainPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    private static partial Regex ServicePattern();
}
