using Mesh.Verification;

namespace Mesh.Tests.Verification;

public sealed class ProofCacheTests
{
    private static readonly LeafProof _proof = new(new("contoso.internal", "orders"), "01", default, default);

    [Fact]
    public void Find_OtherSequence_KnowsNothing()
    {
        var cache = new ProofCache();

        cache.Keep(2, "A", _proof);

        Assert.Same(_proof, cache.Find(2, "A"));
        Assert.Null(cache.Find(1, "A"));
        Assert.Null(cache.Find(3, "A"));
    }

    [Fact]
    public void Keep_LateComerOfAnOlderBundle_ForgetsNothing()
    {
        var cache = new ProofCache();
        cache.Keep(2, "A", _proof);

        cache.Keep(1, "B", _proof);

        Assert.Same(_proof, cache.Find(2, "A"));
        Assert.Null(cache.Find(1, "B"));
    }

    [Fact]
    public void Keep_Full_StartsAnew()
    {
        var cache = new ProofCache(capacity: 2);

        foreach (var thumbprint in new[] { "A", "B", "C" })
        {
            cache.Keep(1, thumbprint, _proof);
        }

        Assert.Null(cache.Find(1, "A"));
        Assert.Null(cache.Find(1, "B"));
        Assert.Same(_proof, cache.Find(1, "C"));
    }
}
