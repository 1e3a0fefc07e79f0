namespace Gateway.Storage;

/// <summary>Where records are read from, one at a time; never throws for what storage does.</summary>
internal interface IRecordSource<TRecord>
    where TRecord : class
{
    /// <summary>Reads the record with this name or id, in bounded time.</summary>
    Task<RecordReading<TRecord>> ReadAsync(string key);
}

/// <summary>What a read came to.</summary>
/// <param name="IsAnswered">False: storage did not answer, or with a row that cannot be read.</param>
/// <param name="Record">The record, or null: there is none.</param>
internal readonly record struct RecordReading<TRecord>(bool IsAnswered, TRecord? Record)
    where TRecord : class
{
    public static RecordReading<TRecord> Away => default;
}
