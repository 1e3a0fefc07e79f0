using Records;

namespace ControlPlane.Storage;

/// <summary>A row or a blob cannot be read: it is damaged, or a newer version of the software wrote it.</summary>
public sealed class DamagedRecordException : Exception
{
    public DamagedRecordException(RowFault fault)
        : base(fault.ToString())
    {
    }

    /// <param name="blob">Container and name.</param>
    /// <param name="problem">What is wrong with it.</param>
    public DamagedRecordException(string blob, string problem)
        : base($"{blob}: {problem}")
    {
    }
}
