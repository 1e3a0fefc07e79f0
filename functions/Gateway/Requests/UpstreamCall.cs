namespace Gateway.Requests;

/// <summary>What the access log says of the service's side.</summary>
/// <param name="Service">Name of the service in the configuration; for a composed answer its parts' services, comma-separated.</param>
/// <param name="Url">Base address that answered, or was tried last.</param>
/// <param name="Status">Status of the service's answer; 0 without one.</param>
/// <param name="Attempts">Attempts made, the first included.</param>
/// <param name="Duration">From the first attempt to the answer's header fields, or to the failure.</param>
internal sealed record UpstreamCall(string Service, string Url, int Status, int Attempts, TimeSpan Duration);
