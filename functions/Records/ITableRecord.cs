namespace Records;

/// <summary>A record that is kept as one row of a table; the column names are part of its format.</summary>
public interface ITableRecord<TSelf>
    where TSelf : class, ITableRecord<TSelf>
{
    /// <summary>Name of the table.</summary>
    static abstract string Table { get; }

    RowAddress Address { get; }

    /// <summary>The columns, format version included, keys not.</summary>
    Dictionary<string, object> ToRow();

    /// <summary>Reads this format version and the one before.</summary>
    static abstract RowReading<TSelf> FromRow(IReadOnlyDictionary<string, object> row);

    /// <summary>Where the record with this name or id stands.</summary>
    static abstract RowAddress AddressOf(string key);
}
