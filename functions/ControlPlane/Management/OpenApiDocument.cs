namespace ControlPlane.Management;

/// <summary>The description of the API: written by hand, kept true by tests.</summary>
internal static class OpenApiDocument
{
    public static byte[] Bytes { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The OpenAPI document is not embedded.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
