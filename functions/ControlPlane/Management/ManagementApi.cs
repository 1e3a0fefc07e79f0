using System.Diagnostics;
using ControlPlane.Access;
using ControlPlane.Storage;
using ControlPlane.Vault;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Management;

/// <summary>The way of every call: who, what, carried out, logged, answered.</summary>
internal sealed partial class ManagementApi(IEnumerable<IManageCredential> credentials, Desks desks, TimeProvider time, ILogger<ManagementApi> logger)
{
    // Longer than the few short retries of a store, shorter than a proxy in front waits.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(25);

    public async Task ServeAsync(HttpContext context, ManagementRoute route)
    {
        var id = ActivityTraceId.CreateRandom().ToHexString();
        using var deadline = new CancellationTokenSource(Deadline, time);
        var call = new ManagementCall(context, id, desks, deadline.Token);
        var answer = await TryAsync(call, async () =>
        {
            var caller = route.IsOpen ? null : await IdentifyAsync(call);
            call.Who = caller?.Who ?? call.Who;
            return route.IsOpen || caller is not null ? await CarryOutAsync(call, route, caller) : NoKey(call);
        });
        Log.Called(logger, call, route, call.Who, answer.Status);
        await answer.WriteAsync(context, id);
    }

    private static Answer NoKey(ManagementCall call) =>
        Answer.Refuse(Problem.NoKey, call.Id, new KeyValuePair<string, string>("WWW-Authenticate", "Bearer realm=\"management\""));

    private static async Task<Answer> CarryOutAsync(ManagementCall call, ManagementRoute route, ManageCaller? caller) =>
        caller is { MayChange: false } && !HttpMethods.IsGet(route.Method) ? call.Refuse(Problem.MayOnlyLook) : await route.Handle(call);

    // Any kind of credential will do.
    private async Task<ManageCaller?> IdentifyAsync(ManagementCall call)
    {
        VaultAwayException? away = null;
        foreach (var credential in credentials)
        {
            try
            {
                if (await credential.IdentifyAsync(call.Context.Request, call.Cancellation) is { } caller)
                {
                    return caller;
                }
            }
            catch (VaultAwayException unknown)
            {
                away = unknown;
            }
        }

        // Whoever may be right is not told that he is wrong.
        return away is not null && BearerField.Read(call.Context.Request) is not null ? throw away : null;
    }

    private async Task<Answer> TryAsync(ManagementCall call, Func<Task<Answer>> carryOut)
    {
        try
        {
            return await carryOut();
        }
        catch (Exception away) when (away is StorageAwayException || (away is OperationCanceledException && call.Cancellation.IsCancellationRequested))
        {
            Log.StorageAway(logger, away, call.Id);
            return call.Refuse(Problem.StorageAway);
        }
        catch (VaultAwayException away)
        {
            Log.VaultAway(logger, away, call.Id);
            return call.Refuse(Problem.VaultAway);
        }
        catch (DamagedRecordException damaged)
        {
            Log.Damaged(logger, damaged, call.Id);
            return call.Refuse(Problem.Damaged(damaged.Message));
        }
        catch (BadHttpRequestException bad)
        {
            return call.Refuse(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.TooLarge(RequestBody.Limit) : Problem.Invalid("The body could not be read to its end."));
        }
        catch (Exception fault) when (!call.Context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, fault, call.Id);
            return call.Refuse(Problem.Internal);
        }
    }

    // What a client put into the path goes into the log only when it could be a name.
    private static string Loggable(string target) => FieldRules.Name("name", target) is null ? target : "(not a name)";

    private static partial class Log
    {
        public static void Called(ILogger logger, ManagementCall call, ManagementRoute route, string who, int status)
        {
            if (call.Target.Length == 0)
            {
                CalledForAll(logger, call.Context.Request.Method, route.Pattern, who, status, call.Id);
            }
            else
            {
                CalledForOne(logger, call.Context.Request.Method, route.Pattern, Loggable(call.Target), who, status, call.Id);
            }
        }

        [LoggerMessage(1, LogLevel.Information, "Management {Method} {Route} on \"{Target}\" by {Who}: {Status} ({Call})")]
        private static partial void CalledForOne(ILogger logger, string method, string route, string target, string who, int status, string call);

        [LoggerMessage(5, LogLevel.Information, "Management {Method} {Route} by {Who}: {Status} ({Call})")]
        private static partial void CalledForAll(ILogger logger, string method, string route, string who, int status, string call);

        [LoggerMessage(2, LogLevel.Warning, "Storage does not answer ({Call}).")]
        public static partial void StorageAway(ILogger logger, Exception exception, string call);

        [LoggerMessage(6, LogLevel.Warning, "A vault does not answer ({Call}).")]
        public static partial void VaultAway(ILogger logger, Exception exception, string call);

        [LoggerMessage(3, LogLevel.Error, "A stored record cannot be read ({Call}).")]
        public static partial void Damaged(ILogger logger, Exception exception, string call);

        [LoggerMessage(4, LogLevel.Error, "A management call failed ({Call}).")]
        public static partial void Failed(ILogger logger, Exception exception, string call);
    }
}
