using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Errors;
using Gateway.Upstreams;

namespace Gateway.Tests.Composition;

public sealed class PartFailureTests
{
    private static readonly Dictionary<string, Func<Task<HttpResponseMessage>>> Failures = new()
    {
        ["timeout"] = () => throw new UpstreamException(GatewayError.UpstreamTimeout, "a: no answer"),
        ["unreachable"] = () => throw new UpstreamException(GatewayError.UpstreamUnreachable, "a: refused"),
        ["identity"] = () => throw new UpstreamException(GatewayError.UpstreamIdentityMismatch, "a: somebody else"),
        ["broken"] = () => Answer(HttpStatusCode.OK, new StreamContent(new BrokenStream())),
        ["status 503"] = () => Task.FromResult(FakeServices.Json("{}", HttpStatusCode.ServiceUnavailable)),
        ["status 302"] = () => Task.FromResult(FakeServices.Json("{}", HttpStatusCode.Found)),
        ["html"] = () => Task.FromResult(FakeServices.Json("<p>", type: "text/html")),
        ["no type"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent("{}"u8.ToArray()), null),
        ["empty"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent([])),
        ["cut"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent("{\"a\":"u8.ToArray())),
        ["comment"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent("{}//"u8.ToArray())),
        ["two"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent("{}{}"u8.ToArray())),
        ["no utf-8"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent([(byte)'"', 0xFF, (byte)'"'])),
        ["deep"] = () => Task.FromResult(FakeServices.Json(new string('[', 100_000) + new string(']', 100_000))),
        ["gzip"] = () => Answer(HttpStatusCode.OK, new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentEncoding = { "gzip" } } }),
        ["too large"] = () => Task.FromResult(FakeServices.Json('"' + new string('a', 1 << 20) + '"')),
        ["too large, no length"] = () => Answer(HttpStatusCode.OK, new StreamContent(new EndlessStream())),
    };

    [Theory]
    [InlineData("timeout", "timeout", null)]
    [InlineData("unreachable", "unreachable", null)]
    [InlineData("identity", "unreachable", null)]
    [InlineData("broken", "unreachable", null)]
    [InlineData("status 503", "status", 503)]
    [InlineData("status 302", "status", 302)]
    [InlineData("html", "not-json", 200)]
    [InlineData("no type", "not-json", 200)]
    [InlineData("empty", "not-json", 200)]
    [InlineData("cut", "not-json", 200)]
    [InlineData("comment", "not-json", 200)]
    [InlineData("two", "not-json", 200)]
    [InlineData("no utf-8", "not-json", 200)]
    [InlineData("deep", "not-json", 200)]
    [InlineData("gzip", "not-json", 200)]
    [InlineData("too large", "too-large", 200)]
    [InlineData("too large, no length", "too-large", 200)]
    public async Task OptionalPart_Fails_IsNullWithAnEntry(string failure, string reason, int? status)
    {
        var services = new FakeServices { ["a"] = (_, _) => Failures[failure]() };
        services.Answer("b", "1");
        var statusMember = status is null ? "" : $",\"status\":{status}";

        var body = await new Composed(services).Part("a", "GET a:/", optional: true).Part("b", "GET b:/").RunAsync();

        Assert.Equal($$"""{"a":null,"b":1,"_errors":[{"part":"a","reason":"{{reason}}"{{statusMember}}}]}""", body);
    }

    [Theory]
    [InlineData("timeout", GatewayError.UpstreamTimeout)]
    [InlineData("unreachable", GatewayError.UpstreamUnreachable)]
    [InlineData("identity", GatewayError.UpstreamIdentityMismatch)]
    [InlineData("broken", GatewayError.UpstreamUnreachable)]
    [InlineData("status 503", GatewayError.PartFailed)]
    [InlineData("html", GatewayError.PartFailed)]
    [InlineData("too large", GatewayError.PartFailed)]
    public async Task RequiredPart_Fails_IsAProblemNamingIt(string failure, GatewayError error)
    {
        var composed = new Composed(new FakeServices { ["a"] = (_, _) => Failures[failure]() }).Part("main", "GET a:/");

        await composed.RunAsync();

        Assert.Equal((error, "main"), (composed.Failure!.Error, composed.Member("part").GetString()));
        Assert.StartsWith("The part main failed: ", composed.Failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, """{"a":null,"b":null,"_errors":[{"part":"a","reason":"status","status":503},{"part":"b","reason":"skipped"}]}""")]
    [InlineData(true, false, "")]
    public async Task DependentPart_WhenItsOwnFailed_IsSkipped(bool first, bool second, string expected)
    {
        var services = new FakeServices { ["a"] = (_, _) => Failures["status 503"]() };
        var composed = new Composed(services).Part("a", "GET a:/", optional: first).Part("b", "GET b:/{parts.a.id}", optional: second);

        Assert.Equal(expected, await composed.RunAsync());
        Assert.Equal(second ? null : "b", composed.Failure is null ? null : composed.Member("part").GetString());
    }

    [Fact]
    public async Task DependentPart_WhenTheValueIsMissing_Fails()
    {
        var services = new FakeServices();
        services.Answer("a", """{"id":null}""");
        var composed = new Composed(services).Part("a", "GET a:/").Part("b", "GET b:/{parts.a.id}", optional: true).Part("c", "GET b:/?x={parts.a.none}", optional: true);

        Assert.Equal(
            """{"a":{"id":null},"b":null,"c":null,"_errors":[{"part":"b","reason":"missing-value"},{"part":"c","reason":"missing-value"}]}""",
            await composed.RunAsync());
    }

    [Fact]
    public async Task RequiredPart_WhenTheClientLeftAValueOut_IsTheClientsMistake()
    {
        var composed = new Composed(new FakeServices()).Part("a", "GET a:/{query.id}");

        await composed.RunAsync();

        Assert.Equal((GatewayError.MalformedRequest, "The query parameter id is missing. Send it."), (composed.Failure!.Error, composed.Failure.Detail));
    }

    [Fact]
    public async Task Part_ValueThatClimbs_IsNeverSent()
    {
        var services = new FakeServices();
        services.Answer("a", """{"id":"../admin"}""");
        var composed = new Composed(services).Part("a", "GET a:/").Part("b", "GET b:/x/{parts.a.id}");

        await composed.RunAsync();

        Assert.Equal(GatewayError.PartFailed, composed.Failure!.Error);
        Assert.Single(services.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent, "null")]
    [InlineData(HttpStatusCode.Created, "{}")]
    public async Task Part_OtherSuccess_IsTaken(HttpStatusCode status, string expected)
    {
        var services = new FakeServices { ["a"] = (_, _) => Task.FromResult(FakeServices.Json("{}", status, "application/vnd.x+json")) };

        Assert.Equal($$"""{"a":{{expected}}}""", await new Composed(services).Part("a", "POST a:/").RunAsync());
    }

    [Fact]
    public async Task Part_ByteOrderMark_IsCutOff()
    {
        var services = new FakeServices { ["a"] = (_, _) => Answer(HttpStatusCode.OK, new ByteArrayContent([0xEF, 0xBB, 0xBF, (byte)'1'])) };

        Assert.Equal("""{"a":1}""", await new Composed(services).Part("a", "GET a:/").RunAsync());
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task Part_Max_IsTheLastSizeTaken(long max, bool taken)
    {
        var services = new FakeServices { ["a"] = (_, _) => Answer(HttpStatusCode.OK, new StreamContent(new MemoryStream("\"abc\""u8.ToArray()))) };

        Assert.Equal(taken, await new Composed(services).Part("a", "GET a:/", max: max).RunAsync() == """{"a":"abc"}""");
    }

    [Fact]
    public async Task Answer_WhateverServicesSay_IsJsonWithExactlyTheParts() => await
        Gen.Select(Gen.Int[0, Failures.Count], Gen.Char["{}[]\",:1tn "].Array[0, 6], Gen.String[1, 4].Where(name => name[0] != '_' && Rune.TryGetRuneAt(name, 0, out _) && name.All(character => !char.IsSurrogate(character))))
            .SampleAsync(async (failure, junk, name) =>
            {
                var services = new FakeServices
                {
                    ["a"] = (_, _) => failure == Failures.Count ? Task.FromResult(FakeServices.Json(new string(junk))) : Failures.Values.ElementAt(failure)(),
                };
                services.Answer("b", """{"x":1}""");

                var body = await new Composed(services).Part(name, "GET a:/", optional: true).Part("b" + name, "GET b:/").RunAsync();

                var members = JsonElement.Parse(body).EnumerateObject().ToList();
                var failed = members[0].Value.ValueKind == JsonValueKind.Null && members.Count == 3;
                return members.Select(member => member.Name).SequenceEqual(failed ? [name, "b" + name, "_errors"] : [name, "b" + name]);
            }, iter: 200);

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, HttpContent content, string? type = "application/json")
    {
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return Task.FromResult(new HttpResponseMessage(status) { Content = content });
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset");
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return new(buffer.Length);
        }
    }
}
