using System.Security.Cryptography;
using Records;

namespace LocalHost;

/// <summary>The folder that outlives a run: storage, secrets that were generated, and dev.env. Readable by its owner only.</summary>
internal sealed class LocalFolder : IDisposable
{
    // Stands in every folder that the local host made, so that --fresh never empties one that it did not make.
    private const string Mark = ".made-by-localhost";

    // Held open while the folder is in use: two Azurites on the same files would damage them.
    private const string Lock = ".lock";

    private const string PepperFile = "pepper";

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly FileStream? _lock;

    private LocalFolder(string path, FileStream? locked)
    {
        _path = path;
        _lock = locked;
    }

    public string FullPath => _path;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Opens the folder, makes it where there is none, and empties it first where that is asked for.</summary>
    public static LocalFolder Open(string path, bool fresh)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
        {
            throw new StartFailure($"{path} is a file; the local folder must be a folder. Choose another with --local DIR.");
        }

        if (Directory.Exists(path) && !File.Exists(Path.Combine(path, Mark)) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new StartFailure($"{path} holds files that the local host did not make, so it is left alone. Choose an empty folder with --local DIR.");
        }

        CreatePrivate(path);
        File.WriteAllText(Path.Combine(path, Mark), "Made by functions/LocalHost. `scripts/run --fresh` empties this folder.\n");
        var folder = new LocalFolder(path, Locked(path));
        if (fresh)
        {
            folder.Empty();
        }

        return folder;
    }

    /// <summary>Opens the folder of a local host that runs, to read what it wrote there.</summary>
    public static LocalFolder Join(string path)
    {
        path = Path.GetFullPath(path);
        return IsLocked(path)
            ? new(path, null)
            : throw new StartFailure($"No local host runs in {path}. Start one first, in another terminal and without --join; where it has a folder of its own, give this one the same with --local DIR.");
    }

    /// <summary>A folder inside, as private as this one and in use for as long.</summary>
    public LocalFolder Subfolder(string name)
    {
        CreatePrivate(this[name]);
        return new(this[name], null);
    }

    /// <summary>The bytes of a secret, made at the first start and kept.</summary>
    public byte[] Secret(string name, int bytes)
    {
        if (!File.Exists(this[name]))
        {
            WritePrivate(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)));
        }

        try
        {
            return Convert.FromBase64String(File.ReadAllText(this[name]).Trim());
        }
        catch (FormatException)
        {
            throw new StartFailure($"{this[name]} is damaged. Start once with --fresh, which makes everything in the local folder anew.");
        }
    }

    /// <summary>The pepper of a folder that was made before there were vaults, so that its API keys stay good; from now on the vault has it. Null: there is none.</summary>
    public byte[]? EarlierPepper() => File.Exists(this[PepperFile]) ? Secret(PepperFile, Pepper.MinimumBytes) : null;

    /// <summary>The vault has it.</summary>
    public void ForgetEarlierPepper() => File.Delete(this[PepperFile]);

    /// <summary>Writes a file that only its owner can read; a reader sees the old text or the new one, never a part.</summary>
    public void WritePrivate(string name, string text)
    {
        var draft = this[name] + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, this[name], overwrite: true);
    }

    public void Dispose() => _lock?.Dispose();

    private static FileStream Locked(string path)
    {
        try
        {
            return new(Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartFailure($"{path} is in use by another local host. Stop that one, give this one a folder of its own with --local DIR, or add a front door to that one with --join.");
        }
    }

    private static bool IsLocked(string path)
    {
        try
        {
            // Shared, so that several may ask at once.
            new FileStream(Path.Combine(path, Lock), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (IOException e)
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    private void Empty()
    {
        foreach (var entry in new DirectoryInfo(_path).EnumerateFileSystemInfos().Where(entry => entry.Name is not (Mark or Lock)))
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }
}
