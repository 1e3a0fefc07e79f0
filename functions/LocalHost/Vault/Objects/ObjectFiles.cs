using System.Text.Json;

namespace LocalHost.Vault.Objects;

/// <summary>Objects of one kind in a folder, a file each, and in memory. Not for use by several at once.</summary>
internal sealed class ObjectFiles<TObject>
    where TObject : class
{
    private const string Extension = ".json";

    private readonly LocalFolder _folder;
    private readonly Dictionary<string, TObject> _objects = new(StringComparer.OrdinalIgnoreCase);

    public ObjectFiles(LocalFolder folder)
    {
        _folder = folder;
        foreach (var path in Directory.EnumerateFiles(folder.FullPath, $"*{Extension}"))
        {
            _objects[Path.GetFileNameWithoutExtension(path)] = Read(path);
        }
    }

    public IEnumerable<TObject> All => _objects.Values;

    public TObject? Find(string name) => _objects.GetValueOrDefault(name);

    /// <summary>The file first: what is answered has been kept.</summary>
    public void Keep(string name, TObject value)
    {
        _folder.WritePrivate(FileOf(name), JsonSerializer.Serialize(value));
        _objects[name] = value;
    }

    public void Remove(string name)
    {
        File.Delete(_folder[FileOf(name)]);
        _objects.Remove(name);
    }

    // Names differ in case only by mistake: to a vault they are the same, on every file system.
    private static string FileOf(string name) => name.ToLowerInvariant() + Extension;

    private static TObject Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TObject>(File.ReadAllText(path)) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new StartFailure($"{path} is damaged. Start once with --fresh, which makes everything in the local folder anew.");
        }
    }
}
