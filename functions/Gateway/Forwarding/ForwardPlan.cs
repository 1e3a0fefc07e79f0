using Gateway.Errors;
using Gateway.Requests;
using Gateway.Templates;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Forwarding;

/// <summary>What one route's forward action comes to, compiled once.</summary>
internal sealed class ForwardPlan
{
    private readonly (Upstream Upstream, int Share)[] _shares;
    private readonly SentPath _path;
    private readonly QueryEdits _query;
    private readonly HeaderEdits _headers;

    public ForwardPlan(EffectiveRoute route, ForwardConfig forward, Upstreams.Upstreams upstreams)
    {
        _shares = [.. forward.To.Select(share => (upstreams.Get(share.Key, route.Config), share.Value))];
        _path = new SentPath(forward.Path);
        _query = new QueryEdits(forward.Query);
        _headers = new HeaderEdits(forward.Headers);
        Deadline = route.Timeout;
    }

    /// <summary>The route's own time until the first byte; null: the service's.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>One of the services, each as often as its share says.</summary>
    public Upstream Choose(Random random)
    {
        if (_shares.Length == 1)
        {
            return _shares[0].Upstream;
        }

        var left = random.Next(_shares.Sum(share => share.Share));
        foreach (var (upstream, share) in _shares)
        {
            if ((left -= share) < 0)
            {
                return upstream;
            }
        }

        return _shares[^1].Upstream;
    }

    /// <summary>What this request is sent as; null and the failure where its values do not fit.</summary>
    public ForwardShape? Shape(HttpContext context, out Failure? failure)
    {
        var request = context.Gateway();
        var values = new RequestTemplateValues(context);
        var path = _path.From(request, values);
        var headers = _headers.Fill(values, out var misfit);
        misfit = path.Text is null ? path : misfit;
        failure = misfit?.ToFailure();
        return failure is null ? new ForwardShape(path.Text + _query.Apply(request.Query, values), headers) : null;
    }
}

/// <summary>One request as its service gets it.</summary>
/// <param name="PathAndQuery">Raw.</param>
/// <param name="Headers">The route's rules, filled in.</param>
internal sealed record ForwardShape(string PathAndQuery, FilledHeaders Headers)
{
    /// <summary>The client's fields, then ours, then the service's rules, then the route's: the later wins.</summary>
    public void Write(HttpContext context, Upstream upstream, IRequestFields fields)
    {
        SentHeaders.Write(context, fields);
        if (upstream.Headers.PreservesHost && context.Gateway().Host is { Length: > 0 } host)
        {
            fields.Host = host;
        }

        upstream.Headers.Apply(fields);
        Headers.Apply(fields);
    }
}
