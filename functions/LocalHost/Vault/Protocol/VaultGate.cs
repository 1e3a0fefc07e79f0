using System.Globalization;
using LocalHost.Vault.Access;
using LocalHost.Vault.Faults;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LocalHost.Vault.Protocol;

/// <summary>What every call passes, in order: token, api-version, rights, planned faults. One call at a time changes a vault.</summary>
internal sealed class VaultGate(VaultTokens tokens, VaultAccessRules rules, VaultFaults faults)
{
    private const string Scheme = "Bearer ";

    // Clients take the tenant from the path and demand a GUID there; nobody is asked at that address.
    private const string Challenge = "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001\", resource=\"https://vault.azure.net\"";

    private readonly Lock _lock = new();

    public RequestDelegate Guard(VaultRoute route) => async context =>
    {
        try
        {
            Admit(context, route.Action);
            var fault = await faults.MeetAsync(route.Action, context.RequestAborted);
            if (fault is VaultFault.BrokenBefore)
            {
                context.Abort();
                return;
            }

            RefuseFor(fault, context.Response);
            var call = await VaultCall.ReadAsync(context.Request, RootOf(context));
            var answer = Serve(route, call);
            if (fault is VaultFault.BrokenAfter)
            {
                context.Abort();
                return;
            }

            await WriteAsync(context.Response, answer);
        }
        catch (VaultRefusal refusal)
        {
            await WriteAsync(context.Response, VaultAnswer.Of(refusal));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    };

    /// <summary>What is no operation of the protocol, or none that is known here.</summary>
    public static Task RefuseUnknownAsync(HttpContext context) =>
        WriteAsync(context.Response, VaultAnswer.Of(VaultRefusal.NotFound("NotFound", $"The local vault does not know {context.Request.Method} {context.Request.Path}.")));

    private void Admit(HttpContext context, VaultAction action)
    {
        var principal = PrincipalOf(context);
        if (context.Request.Query["api-version"].ToString().Length == 0)
        {
            throw VaultRefusal.BadParameter("The query parameter api-version is missing.");
        }

        if (!rules.Allow(principal, action))
        {
            throw VaultRefusal.Forbidden($"Caller is not authorized to perform action on resource.\r\nCaller: {principal}\r\nAction: '{action}'", "ForbiddenByRbac");
        }
    }

    private string PrincipalOf(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var isBearer = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        if (isBearer && tokens.PrincipalOf(authorization[Scheme.Length..]) is { } principal)
        {
            return principal;
        }

        context.Response.Headers.WWWAuthenticate = Challenge;
        throw new VaultRefusal(401, "Unauthorized", isBearer ? "AKV10022: Invalid token." : "AKV10000: Request is missing a Bearer or PoP token.");
    }

    private void RefuseFor(VaultFault? fault, HttpResponse response)
    {
        switch (fault)
        {
            case VaultFault.Throttled:
                response.Headers.RetryAfter = faults.RetryAfter.ToString(CultureInfo.InvariantCulture);
                throw new VaultRefusal(429, "Throttled", "Request was not processed because too many requests were received.", "VaultRequestTypeLimitReached");
            case VaultFault.Unavailable:
                throw new VaultRefusal(503, "ServiceUnavailable", "The service is temporarily unavailable.");
        }
    }

    private VaultAnswer Serve(VaultRoute route, VaultCall call)
    {
        lock (_lock)
        {
            return route.Serve(call);
        }
    }

    private static Task WriteAsync(HttpResponse response, VaultAnswer answer)
    {
        response.StatusCode = answer.Status;
        return answer.Body is { } body ? response.WriteAsJsonAsync(body) : Task.CompletedTask;
    }

    // Not from the Host header: an id must be the same whoever asks.
    private static string RootOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First().TrimEnd('/');
}
