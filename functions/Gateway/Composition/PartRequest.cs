using System.Buffers;
using System.Net.Http.Headers;
using Gateway.Requests;
using Gateway.Templates;
using Gateway.Upstreams;

namespace Gateway.Composition;

/// <summary>The request of one part, filled in; made anew for each attempt.</summary>
internal sealed class PartRequest
{
    // The target is percent-encoded already: the stock canonicalisation would decode and encode it again.
    private static readonly UriCreationOptions _asItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpMethod _method;
    private readonly string _target;
    private readonly ReadOnlyMemory<byte>? _body;
    private readonly GatewayRequest _request;

    private PartRequest(HttpMethod method, string target, ReadOnlyMemory<byte>? body, GatewayRequest request) =>
        (_method, _target, _body, _request) = (method, target, body, request);

    /// <summary>Fills in a part's call and body; null when a value is missing or cannot be used.</summary>
    public static PartRequest? Create(ComposePart part, ITemplateValues values, GatewayRequest request, out Filling failure)
    {
        failure = part.Call.Target.Fill(values);
        if (failure.Text is not { } target)
        {
            return null;
        }

        var body = part.Body is null ? null : new ArrayBufferWriter<byte>();
        return body is not null && !part.Body!.TryFill(values, body, out failure) ? null : new(part.Call.Method, target, body?.WrittenMemory, request);
    }

    public HttpRequestMessage ToMessage(Uri address)
    {
        var url = address.GetLeftPart(UriPartial.Path).TrimEnd('/') + _target;
        var message = new HttpRequestMessage(_method, new Uri(url, _asItIs));
        message.Headers.Accept.Add(new("application/json"));
        foreach (var (name, value) in IdentityHeaders.Of(_request).Concat(ForwardedFields.Of(_request)))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        // For services that want the client's Host; the others' settings replace it.
        if (_request.Host.Length > 0)
        {
            message.Headers.TryAddWithoutValidation("Host", _request.Host);
        }

        if (_body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }

        return message;
    }
}
