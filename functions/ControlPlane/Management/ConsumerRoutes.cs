using ControlPlane.Consumers;
using Records;

namespace ControlPlane.Management;

/// <summary>The operations on consumers.</summary>
internal static class ConsumerRoutes
{
    public static IReadOnlyList<ManagementRoute> All { get; } =
    [
        new("listConsumers", "GET", "/consumers", ListAsync),
        new("addConsumer", "POST", "/consumers", AddAsync),
        new("showConsumer", "GET", "/consumers/{name}", async call => Show(call, await call.Consumers.FindAsync(call.Target, call.Cancellation))),
        new("changeConsumer", "PATCH", "/consumers/{name}", ChangeAsync),
        new("removeConsumer", "DELETE", "/consumers/{name}", RemoveAsync),
        new("suspendConsumer", "POST", "/consumers/{name}/suspend", async call => Show(call, await call.Consumers.SuspendAsync(call.Target, call.Cancellation))),
        new("resumeConsumer", "POST", "/consumers/{name}/resume", async call => Show(call, await call.Consumers.ResumeAsync(call.Target, call.Cancellation))),
    ];

    private static async Task<Answer> ListAsync(ManagementCall call)
    {
        var consumers = await call.Consumers.ListAsync(call.Cancellation);
        return Answer.Json(200, new ConsumersAnswer([.. consumers.Select(ConsumerAnswer.Of)]), ManagementJson.Default.ConsumersAnswer);
    }

    private static Task<Answer> AddAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.NewConsumerBody, null, async body =>
        Show(call, await call.Consumers.AddAsync(new(body.Name ?? "", body.Plan, body.Groups), call.Cancellation), 201));

    private static Task<Answer> ChangeAsync(ManagementCall call) => call.WithBodyAsync(ManagementJson.Default.ConsumerChangeBody, null, async body =>
    {
        var change = new ConsumerChange { SetsPlan = body.SetsPlan, Plan = body.Plan, Groups = body.Groups };
        return Show(call, await call.Consumers.ChangeAsync(call.Target, change, call.Cancellation));
    });

    private static async Task<Answer> RemoveAsync(ManagementCall call) =>
        call.Of(await call.Consumers.RemoveAsync(call.Target, call.Cancellation), _ => Answer.NoContent);

    private static Answer Show(ManagementCall call, Outcome<ConsumerRecord> outcome, int status = 200) =>
        call.Of(outcome, consumer => Answer.Json(status, ConsumerAnswer.Of(consumer), ManagementJson.Default.ConsumerAnswer));
}
