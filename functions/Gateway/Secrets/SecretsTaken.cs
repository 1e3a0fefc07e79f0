using Gateway.Configuration;

namespace Gateway.Secrets;

/// <summary>The secrets that a snapshot was compiled with. Shows nobody their values.</summary>
internal sealed class SecretsTaken
{
    private readonly (SecretReference Reference, Secret Secret, string Value)[] _taken;

    public SecretsTaken(IEnumerable<(SecretReference Reference, Secret Secret, string Value)> taken)
    {
        _taken = [.. taken];
        References = [.. _taken.Select(one => one.Reference)];
    }

    public static SecretsTaken None { get; } = new([]);

    public IReadOnlyList<SecretReference> References { get; }

    /// <summary>The value that a text stands for; the text itself where it names no secret.</summary>
    public string Fill(string text) => SecretText.NameOf(text) is { } name ? _taken.First(one => one.Reference.Name == name).Value : text;

    /// <summary>True: one that stands in such a place is another one now.</summary>
    public bool HaveChanged(Func<SecretReference, bool> places)
    {
        foreach (var (reference, secret, value) in _taken)
        {
            if (places(reference) && secret.Read() != value)
            {
                return true;
            }
        }

        return false;
    }
}
