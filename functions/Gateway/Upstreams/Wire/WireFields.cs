using System.Buffers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Gateway.Upstreams.Wire;

/// <summary>The head of a request as it goes over the wire (RFC 9112 §3 and §5). Used again for the next request.</summary>
internal sealed class WireFields : IRequestFields
{
    // Nothing that could end a field gets so far; it would be left out as .NET's own client does.
    private static readonly SearchValues<char> _ends = SearchValues.Create("\r\n\0");

    // Of one UTF-16 unit in UTF-8.
    private const int MostBytes = 3;

    private readonly List<(string Name, StringValues Values)> _fields = new(24);
    private byte[] _bytes = new byte[1024];
    private int _written;

    public string? Host { get; set; }

    public void Clear()
    {
        _fields.Clear();
        _written = 0;
        Host = null;
    }

    // A name that is there already becomes a second line, which means the same (RFC 9110 §5.3).
    public void Add(string name, StringValues values) => _fields.Add((name, values));

    public void Remove(string name)
    {
        while (Find(name) is >= 0 and var at)
        {
            _fields.RemoveAt(at);
        }
    }

    /// <summary>The whole head, good until <see cref="Clear"/>.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="target">Path and query, raw.</param>
    /// <param name="host">Of the address, for a service that sees its own.</param>
    public ReadOnlyMemory<byte> ToHead(string method, string target, string host)
    {
        Write(method);
        Write(" ");
        Write(target);
        Write(" HTTP/1.1\r\nHost: ");
        Write(Host ?? host);
        Write("\r\n");
        foreach (var (name, values) in _fields)
        {
            Write(name, values);
        }

        // RFC 9110 §8.6: where a body could be expected, that there is none has to be said.
        if (method is "POST" or "PUT" or "PATCH" && Find("Content-Length") < 0)
        {
            Write("Content-Length: 0\r\n");
        }

        Write("\r\n");
        return _bytes.AsMemory(0, _written);
    }

    private int Find(string name)
    {
        for (var index = 0; index < _fields.Count; index++)
        {
            if (_fields[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private void Write(string name, StringValues values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].AsSpan().ContainsAny(_ends))
            {
                return;
            }
        }

        Write(name);
        Write(": ");
        for (var index = 0; index < values.Count; index++)
        {
            Write(index == 0 ? "" : Separator(name));
            Write(values[index]);
        }

        Write("\r\n");
    }

    // RFC 9110 §5.3, and RFC 6265 §5.4 for cookies.
    private static string Separator(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";

    // The server reads field values as UTF-8; written back so, their bytes are the same.
    private void Write(ReadOnlySpan<char> text)
    {
        var most = text.Length * MostBytes;
        if (_bytes.Length - _written < most)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _written + most));
        }

        _written += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_written));
    }
}
