namespace Gateway.Hosting;

/// <summary>What Azure Functions allows, whatever is configured (as of 2026, from Microsoft's documentation and the host's source).</summary>
internal static class FunctionsBounds
{
    /// <summary>The front end's load balancer ends an exchange in which nothing has moved for so long.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(230);

    /// <summary>The host takes no larger body, and answers 500 for one.</summary>
    public static readonly ByteSize LargestBody = new(104_857_600);

    /// <summary>The trigger's methods: the host itself answers 404 to others.</summary>
    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    /// <summary>The host's own paths begin with these segments.</summary>
    public static readonly string[] ReservedPaths = ["admin", "runtime"];
}
