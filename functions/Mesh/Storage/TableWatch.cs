using Mesh.Health;
using Microsoft.Extensions.Logging;

namespace Mesh.Storage;

/// <summary>Says once that a table is lost and why, and once that it is back.</summary>
internal sealed partial class TableWatch(string table, MeshStatus status, ILogger logger)
{
    private StorageLoss? _loss;

    public void Answered()
    {
        if (_loss is not null)
        {
            Log.Back(logger, table);
            _loss = null;
        }
    }

    public void Failed(TableFailure failure)
    {
        if (_loss == failure.Loss)
        {
            return;
        }

        _loss = failure.Loss;
        switch (failure.Loss)
        {
            case StorageLoss.Denied:
                Log.Denied(logger, failure.Cause, table);
                status.Failed($"Table {table} may not be used.");
                break;
            case StorageLoss.NoTable:
                Log.NoTable(logger, table);
                status.Failed($"There is no table {table}.");
                break;
            default:
                Log.Away(logger, failure.Cause, table);
                status.Failed($"Table {table} cannot be reached.");
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Table {Table} cannot be reached: the mesh goes on with the last good trust bundle, until that is older than its maximum age.")]
        public static partial void Away(ILogger logger, Exception exception, string table);

        [LoggerMessage(2, LogLevel.Error, "Table {Table} may not be used by this process: give its identity the role that the mesh needs (Storage Table Data Reader on trust, Contributor on peers). The last good trust bundle counts until its maximum age.")]
        public static partial void Denied(ILogger logger, Exception exception, string table);

        [LoggerMessage(3, LogLevel.Error, "There is no table {Table}: has the control plane of this mesh started, and is this its storage account?")]
        public static partial void NoTable(ILogger logger, string table);

        [LoggerMessage(4, LogLevel.Information, "Table {Table} is back.")]
        public static partial void Back(ILogger logger, string table);
    }
}
