using CsCheck;
using Gateway.Requests;

namespace Gateway.Tests.Requests;

public class TargetPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a//b", "/a//b")]
    [InlineData("/a/", "/a/")]
    [InlineData("/%61%7e%2D", "/a~-")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/.", "/")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/...", "/...")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/a..b/c.", "/a..b/c.")]
    [InlineData("/100%25", "/100%25")]
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a;v=1/b", "/a;v=1/b")]
    [InlineData("/a:b@c!$&'()*+,=", "/a:b@c!$&'()*+,=")]
    [InlineData("/a|b[c]{d}\"<>^`", "/a|b[c]{d}\"<>^`")]
    public void Normalize_HonestPath_ReturnsTheNormalForm(string raw, string expected) => Assert.Equal(expected, TargetPath.Normalize(raw, out _));

    [Theory]
    [InlineData("", "slash")]
    [InlineData("a", "slash")]
    [InlineData("/a b", "byte")]
    [InlineData("/a\u0001", "byte")]
    [InlineData("/a\u007f", "byte")]
    [InlineData("/caf\u00e9", "byte")]
    [InlineData("/a\\b", "backslash")]
    [InlineData("/a%5cb", "backslash")]
    [InlineData("/a#b", "fragment")]
    [InlineData("/a%", "percent")]
    [InlineData("/a%4", "percent")]
    [InlineData("/a%zz", "percent")]
    [InlineData("/a%u002e", "percent")]
    [InlineData("/a%00", "control byte")]
    [InlineData("/a%0d", "control byte")]
    [InlineData("/..%09/admin", "control byte")]
    [InlineData("/a%7F", "control byte")]
    [InlineData("/..", "leave the root")]
    [InlineData("/a/../..", "leave the root")]
    [InlineData("/a/%2e%2e/%2e./b", "leave the root")]
    [InlineData("//a", "two slashes")]
    [InlineData("/a/..//b", "two slashes")]
    [InlineData("/a/..%2fb", "hidden")]
    [InlineData("/a%2f..%2fb", "hidden")]
    [InlineData("/a/%252e%252e/b", "hidden")]
    [InlineData("/a/%252e%252e%252fb", "hidden")]
    [InlineData("/a/%25252e%25252e/b", "hidden")]
    [InlineData("/a/..;/b", "hidden")]
    [InlineData("/a/..;x=1/b", "hidden")]
    [InlineData("/a/..%3bx/b", "hidden")]
    [InlineData("/a/%c0%ae%c0%ae/b", "overlong")]
    [InlineData("/a/%e0%80%ae/b", "overlong")]
    [InlineData("/a/%255cb", "backslash")]
    [InlineData("/a/%2500", "%00")]
    [InlineData("/a/%2525252525", "many times")]
    public void Normalize_WhatNoHonestClientSends_NamesTheProblem(string raw, string problem)
    {
        Assert.Null(TargetPath.Normalize(raw, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("?a=1&b=%20&c=\\", null)]
    [InlineData("?a=%zz", "percent")]
    [InlineData("?a=%", "percent")]
    [InlineData("?a=%00", "%00")]
    [InlineData("?a=\u00e9", "byte")]
    [InlineData("?a=#b", "fragment")]
    public void FindQueryProblem_Query_NamesTheProblem(string query, string? problem)
    {
        var found = TargetPath.FindQueryProblem(query);

        Assert.True(problem is null ? found is null : found?.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Normalize_AnyPath_IsIdempotentAndFreeOfDotSegments() =>
        Pieces().Sample(raw =>
        {
            var once = TargetPath.Normalize(raw, out var problem);
            return once is null ? problem.Length > 0 : TargetPath.Normalize(once, out _) == once && !once.Split('/').Any(segment => segment is "." or "..");
        }, iter: 20_000);

    // The oracle of the traversal lists: what is matched as public is never /admin to a service that decodes again or merges slashes.
    [Fact]
    public void Normalize_AnythingMatchedUnderPublic_NeverReachesAdmin() =>
        Pieces().Sample(raw =>
        {
            var path = TargetPath.Normalize("/public" + raw, out _);
            return path is null || !path.StartsWith("/public/", StringComparison.Ordinal) || !Traversal.Reaches(path, "/admin");
        }, iter: 20_000);

    [Fact]
    public void Normalize_KnownAttacks_NeverReachAdmin()
    {
        var attacks = Traversal.Attacks().ToList();

        Assert.True(attacks.Count > 1_000);
        Assert.All(attacks, attack =>
        {
            var path = TargetPath.Normalize(attack, out _);
            Assert.True(path is null || !path.StartsWith("/public/", StringComparison.Ordinal) || !Traversal.Reaches(path, "/admin"), attack);
        });
    }

    [Fact]
    public void Reaches_TheOracleItself_SeesAnOpenAttack()
    {
        Assert.True(Traversal.Reaches("/public/..%2fadmin", "/admin"));
        Assert.True(Traversal.Reaches("/public/%252e%252e/admin", "/admin"));
        Assert.True(Traversal.Reaches("/public//..//../admin", "/admin"));
        Assert.False(Traversal.Reaches("/public/admin", "/admin"));
    }

    private static Gen<string> Pieces()
    {
        string[] pieces = ["/", "/", "..", ".", "%2e", "%2E", "%2f", "%252e", "%252f", "%25", "%5c", "\\", ";", "%3b", "admin", "a", "%61", "%c0%ae", "//", "%", "2e", "2f"];
        return Gen.Int[0, pieces.Length - 1].Array[0, 9].Select(indexes => "/" + string.Concat(indexes.Select(index => pieces[index])));
    }
}
