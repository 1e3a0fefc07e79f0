namespace Gateway.Upstreams;

/// <summary>No token of the gateway's own identity can be had now.</summary>
internal sealed class NoTokenException(string scope) : Exception($"No token for {scope} could be had.");
