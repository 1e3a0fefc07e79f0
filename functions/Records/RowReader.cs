using System.Globalization;

namespace Records;

/// <summary>Takes typed columns from a row and remembers the first that is missing or of another type.</summary>
internal sealed class RowReader(IReadOnlyDictionary<string, object> row)
{
    public const string VersionColumn = "FormatVersion";

    public RowFault? Fault { get; private set; }

    /// <summary>The row's format version, which must be the given one or the one before.</summary>
    public int Version(int current)
    {
        var version = Number(VersionColumn);
        if (version < 1 || version > current || version < current - 1)
        {
            Fail(VersionColumn, $"{version} is not {current} or the version before.");
        }

        return version;
    }

    public string Text(string column) => OptionalText(column) ?? Missing(column, "");

    public string? OptionalText(string column) => Take<string>(column, "text");

    public int Number(string column) => OptionalNumber(column) ?? Missing(column, 0);

    public int? OptionalNumber(string column) => TakeValue<int>(column, "a 32-bit number");

    /// <summary>A 64-bit number above zero, which is stored as text.</summary>
    public long LongNumber(string column)
    {
        if (!long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            Fail(column, "is not a number above zero.");
        }

        return number;
    }

    public bool Flag(string column) => TakeValue<bool>(column, "true or false") ?? Missing(column, false);

    public DateTimeOffset Time(string column) => OptionalTime(column) ?? Missing(column, default(DateTimeOffset));

    public DateTimeOffset? OptionalTime(string column) => TakeValue<DateTimeOffset>(column, "a time");

    /// <summary>Words between single spaces.</summary>
    public IReadOnlyList<string> Words(string column) =>
        Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Bytes in base64.</summary>
    public ReadOnlyMemory<byte> Bytes(string column, int length)
    {
        var bytes = new byte[length];
        if (!Convert.TryFromBase64String(Text(column), bytes, out var written) || written != length)
        {
            Fail(column, $"is not {length} bytes in base64.");
        }

        return bytes;
    }

    /// <summary>Bytes in base64, as many as there are.</summary>
    public byte[] AnyBytes(string column)
    {
        var text = Text(column);
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var written))
        {
            Fail(column, "is not in base64.");
        }

        return bytes[..written];
    }

    /// <summary>A value from a closed list.</summary>
    public TEnum Choice<TEnum>(string column)
        where TEnum : struct, Enum
    {
        var text = Text(column);
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        Fail(column, $"is none of {string.Join(", ", Enum.GetNames<TEnum>())}.");
        return default;
    }

    /// <summary>Says that a column is wrong; the first word counts.</summary>
    public void Fail(string column, string problem) =>
        Fault ??= new($"{Key("PartitionKey")}/{Key("RowKey")}", column, problem);

    /// <summary>The record when every column was good, or the fault.</summary>
    public RowReading<TRecord> Finish<TRecord>(TRecord record)
        where TRecord : class => Fault is null ? new(record, null) : new(null, Fault);

    private T? Take<T>(string column, string expected)
        where T : class
    {
        if (!row.TryGetValue(column, out var value) || value is null)
        {
            return null;
        }

        if (value is not T typed)
        {
            Fail(column, $"is not {expected}.");
            return null;
        }

        return typed;
    }

    private T? TakeValue<T>(string column, string expected)
        where T : struct => Take<object>(column, expected) switch
        {
            null => null,
            T typed => typed,
            _ => Wrong<T>(column, expected),
        };

    private T? Wrong<T>(string column, string expected)
        where T : struct
    {
        Fail(column, $"is not {expected}.");
        return null;
    }

    private T Missing<T>(string column, T instead)
    {
        Fail(column, "is missing.");
        return instead;
    }

    private object? Key(string column) => row.GetValueOrDefault(column);
}
