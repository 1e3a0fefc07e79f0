using Mesh.Storage;
using Records;
using Records.Trust;

namespace Mesh.Trust;

/// <summary>What a read of a bundle came to. Nothing set: storage answered that there is none.</summary>
internal readonly record struct BundleReading
{
    public static BundleReading None => default;

    public BundleRow? Row { get; private init; }

    /// <summary>There is a row, but nobody can read it.</summary>
    public RowFault? Fault { get; private init; }

    /// <summary>Storage gave no answer.</summary>
    public TableFailure? Failure { get; private init; }

    public static BundleReading Of(BundleRow row) => new() { Row = row };

    public static BundleReading Damaged(RowFault fault) => new() { Fault = fault };

    public static BundleReading Failed(TableFailure failure) => new() { Failure = failure };
}
