using Azure;
using Microsoft.AspNetCore.Http;

namespace Samples.Orders;

/// <summary>Answers 503 while storage is away: what a backend owes its callers, in place of an unhandled exception.</summary>
internal static class StorageAway
{
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception failure) when (IsAway(failure))
        {
            return Answer(call.HttpContext);
        }
    }

    public static IResult Answer(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Results.Json(new { error = "The orders cannot be reached now: storage does not answer. Try again." }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    // The client gathers the failures of its attempts where no answer came at all (status 0); a role that was just given is refused for some minutes.
    public static bool IsAway(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 403 or >= 500 } => true,
        AggregateException many => many.InnerExceptions.All(IsAway),
        _ => false,
    };
}
