using System.Globalization;
using Gateway.Releases;
using Records.Releases;

namespace Gateway.Tests.Releases;

/// <summary>Releases in memory, as a control plane would have left them.</summary>
internal sealed class FakeBlobs : IReleaseBlobs
{
    private readonly Dictionary<string, (byte[] Content, string Tag, string? Version)> _blobs = [];
    private int _writes;
    private ReleasePointer? _pointer;

    public List<string> Reads { get; } = [];

    /// <summary>Names of which reads fail, as if nothing listened. Empty text: all.</summary>
    public string? Away { get; set; }

    /// <summary>Called with each read.</summary>
    public Action? Reading { get; set; }

    public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Put(string name, byte[] content, string? version = "1") => _blobs[name] = (content, $"{++_writes}", version);

    public void Remove(string name) => _blobs.Remove(name);

    /// <summary>Stores a release and moves the pointer to it.</summary>
    public Release Apply(string text)
    {
        var release = Release.Of(text);
        Put(release.Hash, System.Text.Encoding.UTF8.GetBytes(text));
        Move(release.Hash);
        return release;
    }

    /// <summary>Moves the pointer; null: to no release.</summary>
    public void Move(string? hash)
    {
        Now += TimeSpan.FromSeconds(1);
        _pointer = ReleasePointer.Moved(_pointer, new() { Id = _writes.ToString(CultureInfo.InvariantCulture), Release = hash, At = Now, By = "someone" });
        Put(ReleasePointer.Blob, ReleasePointerFormat.Write(_pointer));
    }

    public Task<BlobReading> ReadAsync(string name, string? tag, int mostBytes, CancellationToken cancellation)
    {
        Reads.Add(name == ReleasePointer.Blob ? name : Release.IdOf(name));
        Reading?.Invoke();
        return Task.FromResult(Answer(name, tag, mostBytes));
    }

    private BlobReading Answer(string name, string? tag, int mostBytes) =>
        Away is "" || Away == name ? BlobReading.Failed(new IOException("away"))
        : !_blobs.TryGetValue(name, out var blob) ? BlobReading.Missing
        : blob.Tag == tag ? BlobReading.Unchanged
        : blob.Content.Length > mostBytes ? BlobReading.TooLarge
        : BlobReading.Of(blob.Content, blob.Tag, blob.Version);
}
