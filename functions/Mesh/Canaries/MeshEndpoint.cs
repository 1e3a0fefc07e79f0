using Microsoft.AspNetCore.Http;

namespace Mesh.Canaries;

/// <summary>
/// Where a caller finds out whether its certificate is taken, whatever else it may do here. In TLS 1.3 a client's handshake ends before the
/// server has judged it, so only an answer tells: 204, or the problem that any other request would get.
/// </summary>
internal static class MeshEndpoint
{
    public const string Path = "/.well-known/mesh";

    public static bool Is(HttpContext context) => context.Request.Path == Path;

    public static void Answer(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;
}
