using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Gateway.Releases;
using Gateway.Storage;
using Microsoft.Extensions.Time.Testing;
using Records.Releases;
using Tests.Shared;

namespace Gateway.Tests.Releases;

/// <summary>Reads over the wire.</summary>
public sealed class ReleaseBlobsTests(Azurite azurite) : IClassFixture<Azurite>
{
    // As patient as a slow machine needs: what a read does in its time has a test of its own.
    private BlobServiceClient Service => field ??= new(azurite.Connection);

    [Fact]
    public async Task Read_OfABlob_IsItsContentUntilItChanges()
    {
        var blobs = new ReleaseBlobs(Service, new FakeTimeProvider());
        var container = Service.GetBlobContainerClient(Release.Container);
        Assert.Equal(BlobOutcome.Missing, (await blobs.ReadAsync("current", null, 100, TestContext.Current.CancellationToken)).Outcome);
        await container.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(BlobOutcome.Missing, (await blobs.ReadAsync("current", null, 100, TestContext.Current.CancellationToken)).Outcome);
        await WriteAsync("one");

        var first = await blobs.ReadAsync("current", null, 100, TestContext.Current.CancellationToken);
        var second = await blobs.ReadAsync("current", first.Tag, 100, TestContext.Current.CancellationToken);
        await WriteAsync("four");
        var third = await blobs.ReadAsync("current", first.Tag, 4, TestContext.Current.CancellationToken);
        var fourth = await blobs.ReadAsync("current", null, 3, TestContext.Current.CancellationToken);

        Assert.Equal((BlobOutcome.Read, "one", "1"), (first.Outcome, Encoding.UTF8.GetString(first.Content.Span), first.Version));
        Assert.Equal(BlobOutcome.Unchanged, second.Outcome);
        Assert.Equal((BlobOutcome.Read, "four"), (third.Outcome, Encoding.UTF8.GetString(third.Content.Span)));
        Assert.Equal(BlobOutcome.TooLarge, fourth.Outcome);

        Task WriteAsync(string text) => container.GetBlobClient("current").UploadAsync(
            BinaryData.FromString(text), new BlobUploadOptions { Metadata = new Dictionary<string, string> { [Release.VersionName] = "1" } }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Read_OfStorageThatNeverAnswers_EndsAfterItsTime()
    {
        var time = new FakeTimeProvider();
        using var silence = new Silence();
        var options = GatewayBlobs.ClientOptions();
        options.Transport = new HttpClientTransport(silence);
        var blobs = new ReleaseBlobs(new("UseDevelopmentStorage=true", options), time);

        var reading = blobs.ReadAsync("current", null, 100, TestContext.Current.CancellationToken);
        await silence.Asked.Task;
        time.Advance(GatewayTables.ReadTimeout);

        Assert.Equal(BlobOutcome.Failed, (await reading).Outcome);
    }

    private sealed class Silence : HttpMessageHandler
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return await new TaskCompletionSource<HttpResponseMessage>().Task;
        }
    }
}
