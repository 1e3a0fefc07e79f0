namespace LocalHost.Terminal;

/// <summary>What the user reads before the log begins.</summary>
internal static class Banner
{
    public static void Progress(string text) => Console.WriteLine($"· {text}");

    public static void Ready(LocalOptions options, LocalEnvironment local, IReadOnlyList<(string Address, string What)> started)
    {
        var width = started.Max(row => row.Address.Length);
        Console.WriteLine();
        foreach (var (address, what) in started.Reverse())
        {
            Console.WriteLine($"  {address.PadRight(width)}   {what}");
        }

        Console.WriteLine();
        Console.WriteLine("Try, in another terminal:");
        Console.WriteLine();
        Console.WriteLine($"  source {Shown(local.Folder[DevEnvironment.File])}");
        foreach (var line in options.Config is null ? Samples : AnyConfig)
        {
            Console.WriteLine($"  {line}");
        }

        Console.WriteLine();
        Console.WriteLine("Ready. Ctrl-C stops everything.");
    }

    private static readonly string[] Samples =
    [
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/orders""",
        """curl -H "Authorization: Bearer $TOKEN" $GATEWAY_URL/overview/ada""",
        """curl "$GATEWAY_URL/public/echo/hello?name=you" """.TrimEnd(),
    ];

    private static readonly string[] AnyConfig =
    [
        "curl $GATEWAY_URL/_gateway/ready",
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/""",
        """curl -H "Authorization: Bearer $TOKEN" $GATEWAY_URL/""",
    ];

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
