using Gateway.Errors;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Composition;

/// <summary>
/// One composed answer under way. Each part waits for those that it uses and for nothing else. What ends early ends all: the client
/// leaving, or a required part failing, cancels every call; the deadline fails those that are not there. Nothing runs on after the answer.
/// </summary>
internal sealed class CompositionRun : IDisposable
{
    // Where the route says nothing: as long as a service has by default.
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(10);

    private readonly HttpContext _context;
    private readonly ComposePlan _plan;
    private readonly IReadOnlyList<IUpstream> _services;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _timeout;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _stop;
    private readonly Task<PartOutcome>?[] _outcomes;
    private readonly CompositionValues _values;
    private Failure? _failure;
    private Uri? _lastUrl;
    private int _attempts;

    public CompositionRun(HttpContext context, ComposePlan plan, IReadOnlyList<IUpstream> services, TimeSpan? timeout, TimeProvider time)
    {
        (_context, _plan, _services, _timeout, _time) = (context, plan, services, timeout, time);
        _deadline = new(timeout ?? Unsaid, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _outcomes = new Task<PartOutcome>?[plan.Parts.Count];
        _values = new(context, plan, _outcomes);
    }

    /// <summary>Runs every part. Null with the failure when a required one failed.</summary>
    public async Task<(PartOutcome[]? Outcomes, Failure? Failure)> RunAsync()
    {
        var began = _time.GetTimestamp();
        foreach (var index in _plan.Order)
        {
            _outcomes[index] = RunAsync(index);
        }

        var outcomes = await Task.WhenAll(_outcomes!);
        _context.Gateway().Upstream = new(
            string.Join(',', _services.Select(service => service.Name).Distinct()),
            _lastUrl?.GetLeftPart(UriPartial.Authority) ?? "",
            outcomes.Select(outcome => outcome.Failure?.Status).FirstOrDefault(status => status is not null) ?? (_failure is null ? StatusCodes.Status200OK : 0),
            _attempts,
            _time.GetElapsedTime(began));
        return _context.RequestAborted.IsCancellationRequested ? (null, new(GatewayError.ClientGone))
            : _failure is null ? (outcomes, null)
            : (null, _failure);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _deadline.Dispose();
    }

    private async Task<PartOutcome> RunAsync(int index)
    {
        var part = _plan.Parts[index];
        try
        {
            var outcome = await HaveAsync(index, part);
            if (outcome.Failure is { } failure && !part.Optional && !_stop.IsCancellationRequested)
            {
                Interlocked.CompareExchange(ref _failure, failure.ToFailure(part.Name), null);
                await _stop.CancelAsync();
            }

            return outcome;
        }
        catch
        {
            // A fault of our own: the others must not go on without anyone who waits for them.
            await _stop.CancelAsync();
            throw;
        }
    }

    private async Task<PartOutcome> HaveAsync(int index, ComposePart part)
    {
        foreach (var used in part.DependsOn)
        {
            if ((await _outcomes[used]!).Failure is not null)
            {
                return PartOutcome.Failed(PartFailureReason.Skipped);
            }
        }

        if (PartRequest.Create(part, _values, _context.Gateway(), out var failure) is not { } request)
        {
            return new(default, new PartFailure(PartFailureReason.MissingValue) { Filling = failure });
        }

        using var own = new CancellationTokenSource(part.Timeout ?? Timeout.InfiniteTimeSpan, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _deadline.Token, own.Token);
        return await CallAsync(part, _services[index], request, ending.Token);
    }

    private async Task<PartOutcome> CallAsync(ComposePart part, IUpstream service, PartRequest request, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            using var answer = await service.SendAsync(url => Make(part, request, url), _context.Gateway().Trace, part.Timeout ?? _timeout, cancellation);
            return await PartAnswer.ReadAsync(answer, part.MaxBytes, part.IsUsed, cancellation);
        }
        catch (OperationCanceledException)
        {
            return PartOutcome.Failed(_stop.IsCancellationRequested ? PartFailureReason.Skipped : PartFailureReason.Timeout);
        }
        catch (UpstreamException exception)
        {
            var reason = exception.Error == GatewayError.UpstreamTimeout ? PartFailureReason.Timeout : PartFailureReason.Unreachable;
            return new(default, new PartFailure(reason) { Upstream = exception.Error });
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The connection broke while the body was read; when we ended it, that is what it looks like, too.
            return PartOutcome.Failed(
                _stop.IsCancellationRequested ? PartFailureReason.Skipped
                : cancellation.IsCancellationRequested ? PartFailureReason.Timeout
                : PartFailureReason.Unreachable);
        }
    }

    private HttpRequestMessage Make(ComposePart part, PartRequest request, Uri url)
    {
        Interlocked.Increment(ref _attempts);
        Volatile.Write(ref _lastUrl, url);
        var message = request.ToMessage(url);
        CallActivity.Name(message, part.Name);
        return message;
    }
}
