namespace ControlPlane.Tests.Releases;

/// <summary>A network to storage that loses what it is told to lose.</summary>
internal sealed class LossyTransport : DelegatingHandler
{
    public LossyTransport()
        : base(new SocketsHttpHandler { UseProxy = false })
    {
    }

    /// <summary>The next write is carried out, but its answer is lost.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>The next write is lost before it is carried out.</summary>
    public bool LosesNextWrite { get; set; }

    /// <summary>Runs once, after the next write has reached storage.</summary>
    public Func<Task>? AfterNextWrite { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Put)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (LosesNextWrite)
        {
            LosesNextWrite = false;
            throw new HttpRequestException("The write was lost.");
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (AfterNextWrite is { } more)
        {
            AfterNextWrite = null;
            await more();
        }

        if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            answer.Dispose();
            throw new HttpRequestException("The answer was lost.");
        }

        return answer;
    }
}
