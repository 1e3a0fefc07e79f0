using Microsoft.AspNetCore.Http;

namespace Mesh.Canaries;

/// <summary>
/// Where a caller finds out whether its certificate is taken. In TLS 1.3 a client's handshake ends before the server has judged it, so
/// only an answer tells. Called after the caller was verified; a caller who was not gets the same problem as anywhere.
/// </summary>
internal static class MeshEndpoint
{
    public const string Path = "/.well-known/mesh";

    /// <summary>True: the request is answered. Who it is does not matter here, only that it is somebody of the mesh.</summary>
    public static bool TryAnswer(HttpContext context)
    {
        if (context.Request.Path != Path)
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
