using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Errors;

/// <summary>Turns every failure below it into one problem+json answer: the only place that does.</summary>
internal sealed partial class ErrorsMiddleware(RequestDelegate next, ILogger<ErrorsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Gateway();
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            // A stage that noticed first knows better than the exception that its refusal led to.
            request.Failure ??= new(Classify(context, exception));
            if (request.Failure.Error == GatewayError.Internal)
            {
                Log.Unexpected(logger, exception, request.Id, request.Route);
            }
        }

        if (request.Failure is not { } failure)
        {
            return;
        }

        if (context.Response.HasStarted)
        {
            // The status line is gone: a broken answer must look broken, not complete.
            context.Abort();
        }
        else if (failure.Error == GatewayError.ClientGone)
        {
            context.Response.StatusCode = failure.Error.Describe().Status;
        }
        else
        {
            await Problem.WriteAsync(context, failure);
        }
    }

    private static GatewayError Classify(HttpContext context, Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => GatewayError.RequestTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => GatewayError.RequestTimeout,
        _ when context.RequestAborted.IsCancellationRequested => GatewayError.ClientGone,
        BadHttpRequestException => GatewayError.MalformedRequest,
        _ => GatewayError.Internal,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Request {RequestId} on route {Route} failed inside the gateway.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string requestId, string? route);
    }
}
