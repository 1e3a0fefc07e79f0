using System.Collections.Concurrent;
using System.Threading.Channels;
using Gateway.Configuration;

namespace Gateway.Secrets;

/// <summary>Live state: every secret that a configuration of this process has named. Reads nothing itself; the reader is told what is wanted.</summary>
/// <param name="vault">Null: this process has none.</param>
internal sealed class SecretShelf(ISecretVault? vault = null)
{
    private readonly ConcurrentDictionary<string, Secret> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Of the configuration that was tried last, whether it serves or not.
    private IReadOnlyList<SecretReference> _latest = [];

    public ISecretVault? Vault => vault;

    /// <summary>Written when another configuration names secrets: some may not have been read yet, or not for long.</summary>
    public ChannelReader<bool> Asked => _asked.Reader;

    /// <summary>The secret of this name; one object for as long as the process runs.</summary>
    public Secret Get(string name) => _known.GetOrAdd(name, static name => new(name));

    /// <summary>The secrets to keep up to date: of the configuration that serves, and of the one that was tried last.</summary>
    public IReadOnlyList<Secret> Wanted(SecretsTaken? serving) =>
        [.. Volatile.Read(ref _latest).Concat(serving?.References ?? []).Select(reference => Get(reference.Name)).Distinct()];

    /// <summary>The values of all that a configuration names.</summary>
    /// <exception cref="SecretsLackException">At least one is not there; from now on it is wanted.</exception>
    /// <exception cref="ConfigException">There is no vault that could ever give them.</exception>
    public SecretsTaken Take(IReadOnlyList<SecretReference> references)
    {
        if (references.Count > 0 && vault is null)
        {
            throw new ConfigException([.. references.Select(reference =>
                reference.Error("This process has no vault of shared secrets.", "Give it the address of one (the setting Gateway__SharedVault), or use ${env:NAME}."))]);
        }

        if (!ReferenceEquals(Interlocked.Exchange(ref _latest, references), references) && references.Count > 0)
        {
            _asked.Writer.TryWrite(true);
        }

        var taken = references.Select(reference => (Reference: reference, Secret: Get(reference.Name))).Select(one => (one.Reference, one.Secret, Value: one.Secret.Read())).ToList();
        if (taken.TrueForAll(one => one.Value is not null))
        {
            return references.Count == 0 ? SecretsTaken.None : new(taken.Select(one => (one.Reference, one.Secret, one.Value!)));
        }

        throw new SecretsLackException([.. taken.Where(one => one is { Value: null, Secret.Fault: not null }).Select(one => SecretFaults.Explain(one.Reference, one.Secret.Fault!.Value))]);
    }
}
