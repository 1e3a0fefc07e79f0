using Azure;
using Azure.Data.Tables;

namespace Mesh.Storage;

/// <summary>Makes a table that may be there already.</summary>
internal static class TableCreation
{
    // CreateIfNotExistsAsync writes its request by reflection, which fails in a program that was compiled ahead of time.
    public static async Task CreateWhereMissingAsync(this TableClient table, CancellationToken cancellation)
    {
        try
        {
            await table.CreateAsync(cancellation);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
        }
    }
}
