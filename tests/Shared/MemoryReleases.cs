using System.Globalization;
using System.Text;
using ControlPlane.Releases;
using ControlPlane.Storage;
using Records.Releases;

namespace Tests.Shared;

/// <summary>Releases in memory, with storage's own rules on tags.</summary>
internal sealed class MemoryReleases(TimeProvider time) : IReleaseStore
{
    private readonly Dictionary<string, (Release Release, DateTimeOffset Stored)> _releases = [];
    private ReleasePointer? _pointer;
    private int _writes;

    /// <summary>True: storage does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>Runs once, before the next move: another operator who is quicker.</summary>
    public Func<Task>? BeforeNextMove { get; set; }

    /// <summary>What the pointer holds; for tests to look at.</summary>
    public ReleasePointer? Pointer => _pointer;

    public Task<bool> TryAddAsync(Release release, CancellationToken cancellation) => AnswerAsync(() => _releases.TryAdd(release.Hash, (release, time.GetUtcNow())));

    public Task<Release?> FindAsync(string hash, CancellationToken cancellation) => AnswerAsync(() => _releases.TryGetValue(hash, out var stored) ? stored.Release : null);

    public Task<IReadOnlyList<StoredRelease>> ListAsync(string prefix, CancellationToken cancellation) => AnswerAsync<IReadOnlyList<StoredRelease>>(() =>
    [
        .. _releases.Values.Where(stored => stored.Release.Hash.StartsWith(prefix, StringComparison.Ordinal))
            .Select(stored => new StoredRelease(stored.Release.Hash, Encoding.UTF8.GetByteCount(stored.Release.Text), stored.Stored)),
    ]);

    public Task<StoredPointer> ReadPointerAsync(CancellationToken cancellation) => AnswerAsync(() => new StoredPointer(_pointer, _pointer is null ? null : Tag));

    public async Task<bool> TryMoveAsync(ReleasePointer next, string? tag, CancellationToken cancellation)
    {
        if (BeforeNextMove is { } quicker)
        {
            BeforeNextMove = null;
            await quicker();
        }

        return await AnswerAsync(() =>
        {
            if ((_pointer is null ? null : Tag) != tag)
            {
                return false;
            }

            (_pointer, _writes) = (next, _writes + 1);
            return true;
        });
    }

    private string Tag => _writes.ToString(CultureInfo.InvariantCulture);

    private Task<T> AnswerAsync<T>(Func<T> answer) => IsAway ? throw new StorageAwayException("Container releases cannot be reached.", null) : Task.FromResult(answer());
}
