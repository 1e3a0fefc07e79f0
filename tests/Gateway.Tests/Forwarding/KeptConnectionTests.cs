using System.Net;

namespace Gateway.Tests.Forwarding;

/// <summary>When a connection to a service carries another request, and when it must not.</summary>
public sealed class KeptConnectionTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task Answers_ThatEndWhereTheySay_AreAllOnOneConnection()
    {
        await using var service = new RawService(async (peer, _) =>
        {
            foreach (var answer in new[] { Ok, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Ok })
            {
                await peer.ReadHeadAsync();
                await peer.SendAsync(answer);
            }
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal("ok", await stand.GetStringAsync("/"));
        }

        Assert.Equal(1, service.Connections);
    }

    [Fact]
    public async Task ServiceThatClosesMeanwhile_IsAskedOnAnother()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RawService(async (peer, number) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(Ok);
            peer.Close();
            closed.TrySetResult();
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));

        await stand.GetStringAsync("/");
        await closed.Task;

        Assert.Equal("ok", await stand.GetStringAsync("/"));
        Assert.Equal(2, service.Connections);
    }

    // A second answer that nobody asked for would be taken for that to the next client's request.
    [Theory]
    [InlineData("together")]
    [InlineData("later")]
    public async Task BytesAfterAnAnswer_AreNobodysAnswer(string when)
    {
        const string Evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RawService(async (peer, number) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(number > 0 ? Ok : when == "together" ? Ok + Evil : Ok);
            if (number == 0 && when == "later")
            {
                await peer.SendAsync(Evil);
            }

            sent.TrySetResult();
            await peer.ReadToEndAsync();
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));

        await stand.GetStringAsync("/");
        await sent.Task;

        Assert.Equal("ok", await stand.GetStringAsync("/"));
        Assert.Equal(2, service.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nok", true)]
    public async Task AnswerThatEndsTheConnection_IsFollowedByAnother(string answer, bool closes)
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync(answer);
            if (closes)
            {
                peer.Close();
            }
            else
            {
                await peer.ReadToEndAsync();
            }
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));

        Assert.Equal("ok", await stand.GetStringAsync("/"));
        Assert.Equal("ok", await stand.GetStringAsync("/"));
        Assert.Equal(2, service.Connections);
    }

    [Fact]
    public async Task Head_HasNoBody_WhateverItsFieldsSay()
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            await peer.ReadHeadAsync();
            await peer.SendAsync(Ok);
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(service.Url));

        using var head = await stand.SendAsync(new(HttpMethod.Head, "/"));

        Assert.Equal((HttpStatusCode.OK, 1000), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal("ok", await stand.GetStringAsync("/"));
        Assert.Equal(1, service.Connections);
    }
}
