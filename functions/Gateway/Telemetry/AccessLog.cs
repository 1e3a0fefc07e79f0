using System.Net;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Telemetry;

/// <summary>One structured line for each request. It holds names from the configuration, numbers and ids; never a path, query, header value or body.</summary>
internal sealed partial class AccessLog(ILogger<AccessLog> logger)
{
    public void Write(HttpContext context, GatewayRequest request, BodyBytes bytes, TimeSpan duration)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var upstream = request.Upstream;
        Log.Served(
            logger,
            RequestTags.Of(context, request).Method,
            request.Route,
            context.Response.StatusCode,
            request.Failure?.Error.Describe().Slug,
            duration.TotalMilliseconds,
            upstream?.Service,
            upstream?.Url,
            upstream?.Status,
            upstream?.Attempts,
            upstream?.Duration.TotalMilliseconds,
            request.Caller.Consumer is { } consumer ? IdentityHeaders.Encode(consumer) : null, // as services are told it
            request.Caller.KeyId,
            request.ClientAddress.Equals(IPAddress.None) ? context.Connection.RemoteIpAddress : request.ClientAddress,
            bytes.Received,
            bytes.Sent,
            request.Release,
            request.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "{Method} route={Route} status={Status} error={Error} ms={DurationMs:F1} service={Service} url={Url} service_status={ServiceStatus} attempts={Attempts} "
            + "service_ms={ServiceMs:F1} consumer={Consumer} key={KeyId} client={ClientAddress} in={BytesIn} out={BytesOut} release={Release} request={RequestId}",
            EventName = "Access")]
        public static partial void Served(
            ILogger logger,
            string method,
            string? route,
            int status,
            string? error,
            double durationMs,
            string? service,
            string? url,
            int? serviceStatus,
            int? attempts,
            double? serviceMs,
            string? consumer,
            string? keyId,
            IPAddress? clientAddress,
            long bytesIn,
            long bytesOut,
            string? release,
            string requestId);
    }
}
