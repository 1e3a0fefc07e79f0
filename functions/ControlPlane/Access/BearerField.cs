using Microsoft.AspNetCore.Http;

namespace ControlPlane.Access;

/// <summary>The bearer token of a request (RFC 6750 §2.1).</summary>
internal static class BearerField
{
    private const string Scheme = "Bearer ";

    /// <summary>Null: there is none, or more than one.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization is [{ } field] && field.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? field[Scheme.Length..].Trim() : null;
}
