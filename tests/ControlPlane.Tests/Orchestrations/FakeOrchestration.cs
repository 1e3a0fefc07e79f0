using System.Text.Json;
using ControlPlane.Orchestrations;
using ControlPlane.Rotations;
using ControlPlane.Tests.Rotations;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Tests.Orchestrations;

/// <summary>
/// An engine as Durable Functions is one, in memory: everything passes through JSON, activities are carried out by the functions of the same name, which it finds by
/// reflection over the calls, and one that throws is tried again up to the patience.
/// </summary>
internal sealed class FakeOrchestration(RunnerWorld world) : IOrchestration
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly RotationActivities _activities = new(world.Work, world.Journal, world.Ending, new Logger<RotationActivities>(new LoggerFactory([world.Log])));

    /// <summary>All that stood in the engine's history.</summary>
    public List<string> History { get; } = [];

    /// <summary>What happens before an activity, such as a crash.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>What is carried out after an activity, before its answer counts.</summary>
    public Action<string> After { get; set; } = _ => { };

    public List<string?> Told { get; } = [];

    public DateTimeOffset Now => world.Time.GetUtcNow();

    public void Tell(string? detail) => Told.Add(detail);

    public async Task WaitAsync(DateTimeOffset until)
    {
        if (until > Now)
        {
            await Task.Delay(until - Now, world.Time);
        }
    }

    public async Task<T> CallAsync<T>(string activity, object input, TimeSpan patience)
    {
        var since = Now;
        while (true)
        {
            try
            {
                Before(activity);
                var written = JsonSerializer.Serialize(input, input.GetType(), _json);
                var result = JsonSerializer.Serialize(await PerformAsync(activity, JsonSerializer.Deserialize(written, input.GetType(), _json)!), _json);
                After(activity);
                History.Add($"{activity} {written} {result}");
                return JsonSerializer.Deserialize<T>(result, _json)!;
            }
            catch (StepAgainException again)
            {
                if (Now - since >= patience)
                {
                    throw StepFaults.LastingOf(again.Message);
                }

                await Task.Delay(TimeSpan.FromSeconds(30), world.Time);
            }
        }
    }

    private async Task<object?> PerformAsync(string activity, object input) => (activity, input) switch
    {
        (RotationActivities.Read, RotationOrder order) => await _activities.ReadAsync(order, default),
        (RotationActivities.Keep, KeptStep step) => await _activities.KeepAsync(step, default),
        (RotationActivities.Finish, EndedRotation ended) => await _activities.FinishAsync(ended, default),
        (RotationActivities.Stuck, StuckRotation stuck) => await _activities.StuckAsync(stuck, default),
        (RotationActivities.GoOn, string service) => await GoOnAsync(service),
        (RotationActivities.Begin, string service) => (await world.Journal.BeginAsync(service, "authority", default)).IsNew,
        (_, IStepCall<Issued> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<Published> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<Withdrawn> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<Prepared> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<Appointed> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<LeafStanding?> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<bool> call) => await _activities.PerformAsync(Named(activity, call), default),
        (_, IStepCall<Look> call) => await _activities.LookAsync(Named(activity, call), default),
        _ => throw new InvalidOperationException($"There is no activity {activity} for {input.GetType()}."),
    };

    private static T Named<T>(string activity, T call) => activity == call!.GetType().Name ? call : throw new InvalidOperationException($"{activity} got {call.GetType()}.");

    // The leaf's own orchestration, which goes its own way.
    private async Task<bool> GoOnAsync(string service)
    {
        if (await world.Journal.FindRunningAsync(service, default) is not { Record: var record })
        {
            return false;
        }

        await OrchestratedRotation.RunAsync(this, new(record.Id, record.Certificate, record.Procedure, world.Options));
        return true;
    }
}
