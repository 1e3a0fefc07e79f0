using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Mesh.Verification;
using Tests.Shared;

namespace Mesh.Tests.Verification;

public sealed class LeafChainTests : IDisposable
{
    private readonly MeshAuthority _authority = new(SpoiltLeaves.Now);

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void RootOf_LeafOfAnotherAuthority_IsNone()
    {
        using var other = new MeshAuthority(SpoiltLeaves.Now, "other authority");
        using var leaf = other.Issue("orders", SpoiltLeaves.Now);

        Assert.Null(LeafChain.RootOf(leaf, Views.Of(_authority)));
    }

    [Fact]
    public void RootOf_LeafOfANamesake_IsNone()
    {
        using var namesake = new MeshAuthority(SpoiltLeaves.Now);
        using var leaf = namesake.Issue("orders", SpoiltLeaves.Now);

        Assert.Null(LeafChain.RootOf(leaf, Views.Of(_authority)));
    }

    [Fact]
    public void RootOf_NamesakesInOneBundle_IsTheOneThatSigned()
    {
        using var successor = new MeshAuthority(SpoiltLeaves.Now);
        using var old = _authority.Issue("orders", SpoiltLeaves.Now);
        using var young = successor.Issue("orders", SpoiltLeaves.Now);
        var view = Views.Of(_authority, successor);

        Assert.Equal(_authority.Certificate, LeafChain.RootOf(old, view));
        Assert.Equal(successor.Certificate, LeafChain.RootOf(young, view));
    }

    [Fact]
    public void RootOf_LeafOfAnAuthorityBelowTheRoot_IsNone()
    {
        using var root = new SpoiltAuthority(SpoiltLeaves.Now, null, new X509BasicConstraintsExtension(true, false, 0, critical: true), SpoiltAuthority.KeyUsage);
        using var below = new MeshAuthority(SpoiltLeaves.Now, "below");
        using var leaf = below.Issue("orders", SpoiltLeaves.Now);

        Assert.Null(LeafChain.RootOf(leaf, Views.Of(root.Certificate)));
    }

    [Fact]
    public void RootOf_TheRootItself_IsNone() => Assert.Null(LeafChain.RootOf(_authority.Certificate, Views.Of(_authority)));

    [Fact]
    public void RootOf_ChangedAfterSigning_IsNone()
    {
        using var leaf = _authority.Issue("orders", SpoiltLeaves.Now);
        var bytes = leaf.RawData;
        bytes[^1] ^= 1;
        using var changed = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Null(LeafChain.RootOf(changed, Views.Of(_authority)));
    }

    [Fact]
    public void RootOf_OutOfDate_IsFoundAllTheSame()
    {
        using var leaf = _authority.Issue("orders", SpoiltLeaves.Now.AddYears(-20));

        Assert.NotNull(LeafChain.RootOf(leaf, Views.Of(_authority)));
    }

    [Fact]
    public void RootOf_IssuerToBeDownloaded_AsksNobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/issuer.cer";
        using var namesake = new MeshAuthority(SpoiltLeaves.Now);
        using var leaf = namesake.Issue("orders", SpoiltLeaves.Now, draft =>
        {
            draft.More.Add(new X509AuthorityInformationAccessExtension(null, [address]));
            draft.More.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(namesake.Certificate, true, false));
        });

        Assert.Null(LeafChain.RootOf(leaf, Views.Of(_authority)));
        Assert.False(listener.Pending());
    }
}
