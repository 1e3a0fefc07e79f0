using Microsoft.Extensions.Primitives;

namespace Costs.Stand;

/// <summary>Header fields as clients send them.</summary>
internal static class Fields
{
    /// <summary>The fourteen of a browser that follows a link.</summary>
    public static (string Name, StringValues Values)[] OfABrowser { get; } =
    [
        ("Host", "api.example"),
        ("Connection", "keep-alive"),
        ("Cache-Control", "max-age=0"),
        ("Upgrade-Insecure-Requests", "1"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "navigate"),
        ("Sec-Fetch-User", "?1"),
        ("Sec-Fetch-Dest", "document"),
        ("Referer", "https://api.example/orders"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ("Accept-Language", "en-GB,en;q=0.9,de;q=0.8"),
        ("Cookie", "session=2f6c1d3e8b7a4c59; theme=dark"),
    ];

    /// <summary>The four of a program, and what else it sends.</summary>
    public static (string Name, StringValues Values)[] OfAProgram(params ReadOnlySpan<(string Name, StringValues Values)> more) =>
        [("Host", "api.example"), ("User-Agent", "orders-sync/3.1"), ("Accept", "application/json"), ("Accept-Encoding", "gzip"), .. more];
}
