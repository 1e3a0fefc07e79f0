namespace Samples.Echo;

/// <summary>What the Echo backend saw of a request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, raw as it stood in the request line.</param>
/// <param name="Query">The raw query with its question mark, or empty.</param>
/// <param name="Protocol">HTTP/1.1 or HTTP/2.</param>
/// <param name="Headers">Header fields by lower-case name.</param>
/// <param name="Body">Length and hash of the body.</param>
/// <param name="Trailers">Trailer fields of the request.</param>
/// <param name="Caller">The caller's mesh identity, as its certificate proves.</param>
/// <param name="CallerSerial">Serial number of that certificate.</param>
public sealed record EchoAnswer(
    string Method,
    string Path,
    string Query,
    string Protocol,
    IReadOnlyDictionary<string, string[]> Headers,
    EchoBody Body,
    IReadOnlyDictionary<string, string[]> Trailers,
    string? Caller,
    string? CallerSerial);

/// <summary>What the Echo backend saw of a body.</summary>
public sealed record EchoBody(long Length, string Sha256);
