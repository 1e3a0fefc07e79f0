using Azure;
using ControlPlane.Storage;
using ControlPlane.Vault;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>The steps as a runner does them: actions with patience, and waiting by looking again and again.</summary>
/// <param name="runner">Whose they are; it also runs the rotations that an authority's needs.</param>
/// <param name="tell">Takes what is waited for; null: nothing.</param>
internal sealed class RunnerSteps(RotationRunner runner, Action<string?> tell) : IRotationSteps
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly IRotationWork _work = runner.Work;
    private readonly RotationOptions _options = runner.Options;
    private readonly TimeProvider _time = runner.Time;

    public Task<Issued> IssueAsync(string rotation, string service, CancellationToken cancellation) =>
        TryAsync(() => _work.IssueAsync(rotation, service, cancellation), cancellation);

    public Task<Published> ProposeAsync(string rotation, string service, LeafVersion candidate, CancellationToken cancellation) =>
        TryAsync(() => _work.ProposeAsync(rotation, service, candidate, cancellation), cancellation);

    public Task<Published> ActivateAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        TryAsync(() => _work.ActivateAsync(rotation, service, version, cancellation), cancellation);

    public Task RetireAsync(string rotation, string service, string version, CancellationToken cancellation) =>
        TryAsync(() => _work.RetireAsync(rotation, service, version, cancellation), cancellation);

    public Task<Withdrawn> WithdrawAsync(string rotation, string service, string version, LeafVersion? before, CancellationToken cancellation) =>
        TryAsync(() => _work.WithdrawAsync(rotation, service, version, before, cancellation), cancellation);

    public Task DiscardAsync(string rotation, string service, CancellationToken cancellation) =>
        TryAsync(() => _work.DiscardAsync(rotation, service, cancellation), cancellation);

    public Task<Prepared> PrepareAsync(string rotation, CancellationToken cancellation) => TryAsync(() => _work.PrepareAsync(rotation, cancellation), cancellation);

    public Task<Published> TrustRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        TryAsync(() => _work.TrustRootAsync(rotation, root, cancellation), cancellation);

    public Task<Appointed> AppointAsync(string rotation, string root, CancellationToken cancellation) =>
        TryAsync(() => _work.AppointAsync(rotation, root, cancellation), cancellation);

    public Task<Appointed> ReinstateAsync(string rotation, string root, string before, CancellationToken cancellation) =>
        TryAsync(() => _work.ReinstateAsync(rotation, root, before, cancellation), cancellation);

    public Task<Published> RemoveRootAsync(string rotation, TrustRoot root, CancellationToken cancellation) =>
        TryAsync(() => _work.RemoveRootAsync(rotation, root, cancellation), cancellation);

    public Task RetireKeyAsync(string rotation, string keyVersion, CancellationToken cancellation) =>
        TryAsync(() => _work.RetireKeyAsync(rotation, keyVersion, cancellation), cancellation);

    public Task DiscardKeyAsync(string rotation, CancellationToken cancellation) => TryAsync(() => _work.DiscardKeyAsync(rotation, cancellation), cancellation);

    public async Task<CanaryPassed> AwaitCanaryAsync(string rotation, string service, LeafVersion candidate, long sequence, CancellationToken cancellation)
    {
        var look = await UntilAsync(() => _work.LookAtCanaryAsync(rotation, service, candidate, sequence, cancellation), _options.CanaryPatience, "The new certificate was not tried in time", cancellation);
        return new(look.Detail);
    }

    public async Task<Acknowledged> AwaitAckAsync(string rotation, long sequence, CancellationToken cancellation)
    {
        await UntilAsync(() => _work.LookAtPeersAsync(rotation, sequence, cancellation), _options.AckPatience, "Not every peer acted on the bundle in time", cancellation);
        return new(_time.GetUtcNow());
    }

    public async Task AwaitDrainAsync(string rotation, Drain drain, DateTimeOffset since, CancellationToken cancellation)
    {
        while (since + _options.LengthOf(drain) - _time.GetUtcNow() is { Ticks: > 0 } left)
        {
            tell($"connections and certificates from before, for {Math.Ceiling(left.TotalSeconds):0} s at most");
            await Task.Delay(left < LongestRetry ? left : LongestRetry, _time, cancellation);
        }
    }

    public async Task<Published> RotateLeafAsync(string rotation, string service, string authority, CancellationToken cancellation)
    {
        for (var attempts = 0; ;)
        {
            if (await TryAsync(() => runner.Journal.FindRunningAsync(service, cancellation), cancellation) is not null)
            {
                tell($"the rotation of {service}");
                if (await runner.ContinueAsync(service).WaitAsync(cancellation) is null)
                {
                    await Task.Delay(_options.Look, _time, cancellation);
                }

                continue;
            }

            var standing = await TryAsync(() => _work.LookAtLeafAsync(service, cancellation), cancellation);
            if (standing is null || (IsOf(standing.Authority, authority) && IsOf(standing.CandidateAuthority, authority) && !standing.IsRefused))
            {
                return new(standing?.Sequence ?? 0);
            }

            if (attempts++ == _options.LeafAttempts)
            {
                throw new StepFailedException($"The certificate of {service} could not be renewed by {authority}: its rotations went back {_options.LeafAttempts} times.");
            }

            await TryAsync(() => runner.StartAsync(service, "authority", cancellation), cancellation);
        }
    }

    private static bool IsOf(string? signer, string authority) => signer is null || signer == authority;

    private async Task<Look> UntilAsync(Func<Task<Look>> look, TimeSpan patience, string otherwise, CancellationToken cancellation)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            var seen = await LookAsync(look, cancellation);
            if (seen.State == LookState.Reached)
            {
                return seen;
            }

            if (seen.State == LookState.Failed || _time.GetElapsedTime(since) >= patience)
            {
                throw new StepFailedException(seen.State == LookState.Failed ? seen.Detail ?? otherwise : $"{otherwise}. It still waited for {seen.Detail}.");
            }

            tell(seen.Detail);
            await Task.Delay(_options.Look, _time, cancellation);
        }
    }

    // What cannot be seen now is not there yet.
    private static async Task<Look> LookAsync(Func<Task<Look>> look, CancellationToken cancellation)
    {
        try
        {
            return await look();
        }
        catch (Exception away) when (away is not StepFailedException && !cancellation.IsCancellationRequested)
        {
            return new(LookState.Waiting, $"an answer: {ReasonOf(away).TrimEnd('.')}");
        }
    }

    private Task<bool> TryAsync(Func<Task> action, CancellationToken cancellation) => TryAsync(
        async () =>
        {
            await action();
            return true;
        },
        cancellation);

    private async Task<T> TryAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        var since = _time.GetTimestamp();
        for (var wait = _options.FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                return await action();
            }
            catch (Exception failure) when (failure is not StepFailedException && !cancellation.IsCancellationRequested)
            {
                if (_time.GetElapsedTime(since) >= _options.StepPatience)
                {
                    throw new StepFailedException($"It was tried again and again: {ReasonOf(failure)}", failure);
                }

                tell(ReasonOf(failure));
            }

            await Task.Delay(wait, _time, cancellation);
        }
    }

    // Other messages may hold what does not belong in a history.
    private static string ReasonOf(Exception failure) => failure switch
    {
        VaultAwayException or StorageAwayException => failure.Message,
        RequestFailedException refused => $"A call was refused: {refused.Status} {refused.ErrorCode}".TrimEnd() + ".",
        _ => $"Something unexpected failed ({failure.GetType().Name}).",
    };
}
