using Benchmarks.SideBySide.Surroundings;

namespace Benchmarks.Tests.Surroundings;

public sealed class StorageRelayTests
{
    [Theory]
    [InlineData("GET /devstoreaccount1/limits(PartitionKey='a',RowKey='b') HTTP/1.1", "limits")]
    [InlineData("GET /devstoreaccount1/trust?$filter=x HTTP/1.1", "trust")]
    [InlineData("POST /devstoreaccount1/$batch HTTP/1.1", "$batch")]
    public void TableOf_ARequestLine_IsTheTable(string line, string table) => Assert.Equal(table, StorageRelay.TableOf(line));
}
