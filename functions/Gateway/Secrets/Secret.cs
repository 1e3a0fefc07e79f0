using System.Text;

namespace Gateway.Secrets;

/// <summary>Live state: one secret of the vault. Its value is shown to nobody but those who send it; there is no property for it, so that nothing dumps it by accident.</summary>
internal sealed class Secret(string name)
{
    private string? _value;

    public string Name => name;

    /// <summary>Why the last reading failed; null: it did not, or there was none.</summary>
    public SecretFault? Fault { get; private set; }

    /// <summary>Readings in a row that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>When to read it again, as a time stamp of the clock; null: at once.</summary>
    public long? DueAt { get; set; }

    /// <summary>What it was when it was last read; null: it never could be.</summary>
    public string? Read() => Volatile.Read(ref _value);

    /// <summary>What makes a value unfit; null: nothing.</summary>
    public static SecretFault? FaultOf(string value) =>
        string.IsNullOrWhiteSpace(value) ? SecretFault.Empty
        : !Ascii.IsValid(value) || value.Any(char.IsControl) ? SecretFault.Unprintable
        : null;

    /// <summary>True: the value is another one than before.</summary>
    public bool Take(string value)
    {
        (Fault, Failures) = (null, 0);
        if (value == _value)
        {
            return false;
        }

        Volatile.Write(ref _value, value);
        return true;
    }

    /// <summary>The value stays as it is. True: this failure is another one than before.</summary>
    public bool Fail(SecretFault fault)
    {
        var isNews = Fault != fault;
        (Fault, Failures) = (fault, Failures + 1);
        return isNews;
    }

    public override string ToString() => $"{Gateway.Configuration.SecretText.Beginning}{name}}}";
}
