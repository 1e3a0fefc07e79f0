namespace Gateway.Tests.Limits.Ledger.Model;

/// <summary>What an explorer needs to know: states as bytes, and what may happen next in each.</summary>
internal interface IModel
{
    byte[] Start { get; }

    /// <summary>Names every state that may come next; tells of a promise that breaks.</summary>
    void From(byte[] key, Action<string, byte[]> next, Action<string> broken);

    string Describe(byte[] key);
}
