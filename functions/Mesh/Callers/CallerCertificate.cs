using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Mesh.Callers;

/// <summary>Takes the caller's certificate from where it may arrive, and removes it from where it may not.</summary>
internal static class CallerCertificate
{
    public const string Header = "X-ARR-ClientCert";

    private const string Protocols = "X-Forwarded-Proto";

    /// <summary>DER bytes. Null: there is none. Empty: what is there is no certificate.</summary>
    public static ReadOnlyMemory<byte>? Take(HttpContext context, MeshCallerSource source, out bool hadForgedHeader)
    {
        var header = context.Request.Headers[Header];
        hadForgedHeader = header.Count > 0 && !(source == MeshCallerSource.FrontEnd && CameOverHttps(context.Request));
        if (hadForgedHeader)
        {
            context.Request.Headers.Remove(Header);
        }

        if (source == MeshCallerSource.Tls)
        {
            return context.Connection.ClientCertificate?.RawDataMemory;
        }

        return hadForgedHeader || header.Count == 0 ? null : Read(header);
    }

    private static ReadOnlyMemory<byte>? Read(StringValues header) => header is [{ } value] ? Decode(value) : ReadOnlyMemory<byte>.Empty;

    // A front end asks for certificates over https only. Each hop may have added what it saw (the host of a function app does), and none may be http.
    private static bool CameOverHttps(HttpRequest request) =>
        request.IsHttps || request.Headers[Protocols].ToString().Split(',', StringSplitOptions.TrimEntries).All(IsHttps);

    private static bool IsHttps(string protocol) => string.Equals(protocol, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlyMemory<byte> Decode(string text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : ReadOnlyMemory<byte>.Empty;
    }
}
