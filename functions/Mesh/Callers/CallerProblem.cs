using System.Text;
using System.Text.Json.Nodes;
using Mesh.Verification;
using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>Writes a refusal as application/problem+json (RFC 9457).</summary>
internal static class CallerProblem
{
    private const string TypePrefix = "urn:serverless-gateway:mesh:";

    // RFC 9110 §15.5.2: a 401 names a scheme. None is registered for certificates.
    private const string Scheme = "MutualTLS";

    public static async Task WriteAsync(HttpContext context, MeshRefusal refusal, string? detail)
    {
        var response = context.Response;
        var row = refusal.Describe();
        var problem = new JsonObject { ["type"] = TypePrefix + row.Slug, ["title"] = row.Title, ["status"] = row.Status, ["detail"] = detail ?? row.Title, ["instance"] = context.TraceIdentifier };
        var body = Encoding.UTF8.GetBytes(problem.ToJsonString());

        response.Clear();
        response.StatusCode = row.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (row.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Scheme;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
