namespace Gateway.Configuration;

/// <summary>The JSON Schema of the configuration language, for editors.</summary>
public static class ConfigSchema
{
    /// <summary>The schema as committed; a test keeps it to what the records say.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(ConfigSchema).Assembly.GetManifestResourceStream("gateway.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
