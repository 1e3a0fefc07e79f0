using System.Globalization;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Telemetry;

/// <summary>The attributes of a finished request, by the stable HTTP semantic conventions. None is a text of the client's own.</summary>
internal readonly record struct RequestTags(string Method, string? Route, int Status, string Scheme, string ProtocolVersion, string? ErrorType)
{
    public const string OtherMethod = "_OTHER";

    public static RequestTags Of(HttpContext context, GatewayRequest request)
    {
        var status = context.Response.StatusCode;
        return new(
            KnownMethod(context.Request.Method),
            request.Template,
            status,
            request.Scheme,
            Version(context.Request.Protocol),
            request.Failure?.Error.Describe().Slug ?? (status >= 500 ? status.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <summary>The method, or a word for all that no standard names: whoever calls can invent any number of them.</summary>
    public static string KnownMethod(string method) => method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH" or "QUERY" => method,
        _ => OtherMethod,
    };

    private static string Version(string protocol) => protocol switch
    {
        "HTTP/2" => "2",
        "HTTP/3" => "3",
        "HTTP/1.0" => "1.0",
        _ => "1.1",
    };
}
