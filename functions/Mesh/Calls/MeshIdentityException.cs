using System.Security.Authentication;
using Mesh.Verification;

namespace Mesh.Calls;

/// <summary>The server did not prove that it is the service that was called.</summary>
public sealed class MeshIdentityException : AuthenticationException
{
    internal MeshIdentityException(string service, MeshRefusal refusal, string? detail)
        : base($"The server did not prove to be {service}: {refusal.Describe().Title} {detail}".TrimEnd()) => (Service, Refusal) = (service, refusal);

    /// <summary>The service that was called.</summary>
    public string Service { get; }

    public MeshRefusal Refusal { get; }
}
