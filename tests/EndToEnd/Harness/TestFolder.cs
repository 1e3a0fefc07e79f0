namespace EndToEnd.Harness;

/// <summary>A folder of a test's own, gone with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("gateway-").FullName;

    public string this[string name] => Path.Combine(FullPath, name);

    /// <summary>Writes a file as editors do: the new text appears all at once.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name + ".draft"], text);
        File.Move(this[name + ".draft"], this[name], overwrite: true);
        return this[name];
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
