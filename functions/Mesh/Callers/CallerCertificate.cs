using System.Buffers.Text;
using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>Takes the caller's certificate from where it may arrive, and removes it from where it may not.</summary>
internal static class CallerCertificate
{
    public const string Header = "X-ARR-ClientCert";

    /// <summary>DER bytes. Null: there is none. Empty: what is there is no certificate.</summary>
    public static ReadOnlyMemory<byte>? Take(HttpContext context, MeshCallerSource source, out bool hadForgedHeader)
    {
        var header = context.Request.Headers[Header];
        hadForgedHeader = source == MeshCallerSource.Tls && header.Count > 0;
        if (source == MeshCallerSource.FrontEnd)
        {
            return header switch
            {
                [] => default(ReadOnlyMemory<byte>?),
                [{ } value] => Decode(value),
                _ => ReadOnlyMemory<byte>.Empty,
            };
        }

        context.Request.Headers.Remove(Header);
        return context.Connection.ClientCertificate?.RawDataMemory;
    }

    private static ReadOnlyMemory<byte> Decode(string text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : ReadOnlyMemory<byte>.Empty;
    }
}
