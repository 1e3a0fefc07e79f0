using System.Net;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Telemetry;

/// <summary>One structured line for each request. It holds names from the configuration, numbers and ids; never a path, query, header value or body.</summary>
internal sealed class AccessLog(ILogger<AccessLog> logger)
{
    private static readonly EventId _served = new(1, "Access");

    public void Write(HttpContext context, GatewayRequest request, RequestTags tags, BodyBytes bytes, TimeSpan duration)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var client = request.ClientAddress.Equals(IPAddress.None) ? context.Connection.RemoteIpAddress : request.ClientAddress;
            logger.Log(LogLevel.Information, _served, new AccessLine(tags, request, client, bytes, duration), exception: null, static (line, _) => line.ToString());
        }
    }
}
