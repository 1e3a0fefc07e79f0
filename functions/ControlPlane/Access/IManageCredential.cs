using Microsoft.AspNetCore.Http;

namespace ControlPlane.Access;

/// <summary>A kind of credential that the management API takes.</summary>
internal interface IManageCredential
{
    /// <summary>Null: the request carries no good one of this kind.</summary>
    ValueTask<ManageCaller?> IdentifyAsync(HttpRequest request, CancellationToken cancellation);
}
