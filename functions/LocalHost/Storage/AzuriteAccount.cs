namespace LocalHost.Storage;

/// <summary>Azurite's account and key: the same everywhere and documented; they protect nothing.</summary>
internal static class AzuriteAccount
{
    private const string Name = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <param name="service">Blob or Table.</param>
    /// <param name="address">Where it listens.</param>
    public static string Connection(string service, Uri address) => $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};{service}Endpoint={address.AbsoluteUri}{Name};";

    /// <summary>All three services, as a Functions host needs them.</summary>
    /// <param name="ports">Of blobs, queues and tables, separated by commas.</param>
    public static string HostConnection(string ports)
    {
        var endpoints = ports.Split(',').Zip(["Blob", "Queue", "Table"], (port, service) => $"{service}Endpoint=http://127.0.0.1:{port}/{Name};");
        return $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};{string.Concat(endpoints)}";
    }
}
