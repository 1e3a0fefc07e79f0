using Records;

namespace ControlPlane.Storage;

/// <summary>A row cannot be read: it is damaged, or a newer version of the software wrote it.</summary>
public sealed class DamagedRecordException(RowFault fault) : Exception(fault.ToString());
