using Cli.Terminals;

namespace Cli.Management.Certificates;

/// <summary>Follows a rotation to its end and says each step as it comes.</summary>
internal sealed class RotationWait(ManagementCommand.Call call)
{
    // The control plane may be started anew meanwhile; the rotation goes on after that.
    private const int MostFailures = 30;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Name, DateTimeOffset At), string?> _said = [];
    private int _failures;

    public async Task<Rotation> FollowAsync(Rotation begun)
    {
        try
        {
            while (true)
            {
                if (await LookAsync(begun.Id) is { } rotation)
                {
                    Say(rotation);
                    if (!rotation.IsRunning)
                    {
                        return rotation;
                    }
                }

                await Task.Delay(Every, call.Shell.Time, call.Cancel);
            }
        }
        catch (OperationCanceledException) when (call.Cancel.IsCancellationRequested)
        {
            throw new CommandException($"Stopped waiting. Rotation {begun.Id} of {begun.Whose} goes on.", "See it with: gw certs status");
        }
    }

    // Null: no answer this time.
    private async Task<Rotation?> LookAsync(string id)
    {
        try
        {
            var rotation = await call.Api.GetAsync($"rotations/{Calls.Segment(id, "rotation")}", ManagementJson.Default.Rotation, call.Cancel);
            _failures = 0;
            return rotation;
        }
        catch (CommandException failure) when (++_failures < MostFailures)
        {
            if (_failures == 1)
            {
                call.Terminal.Fail(failure.Problem, "Trying again.");
            }

            return null;
        }
    }

    private void Say(Rotation rotation)
    {
        var steps = rotation.Steps ?? [];
        foreach (var (at, step) in steps.Index())
        {
            // Whom a rotation waits for is said of the rotation, and is about the step under way.
            var detail = rotation.IsRunning && at == steps.Count - 1 ? rotation.Detail ?? step.Detail : step.Detail;
            var isSaid = _said.TryGetValue((step.Name, step.At), out var said);
            if (!call.Json && (!isSaid || (detail is not null && detail != said)))
            {
                // The first line of a step has the time when it began, the others when that was seen.
                var time = isSaid ? call.Now : step.At;
                call.Terminal.Line($"[grey]{time.UtcDateTime:HH:mm:ss'Z'}[/]  {Terminal.Escape(step.Name)}{(detail is null ? "" : $": {Terminal.Escape(detail)}")}");
                _said[(step.Name, step.At)] = detail;
            }
        }
    }
}
