using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Bodies are streamed: their size costs no memory.</summary>
public sealed class MemoryTests
{
    private const int Megabyte = 1024 * 1024;
    private const int Allowed = 16 * Megabyte;

    [Fact]
    public async Task Bodies_OfAHundredMegabytesUpAndDown_TakeLessThanSixteenMegabytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads the process's memory from /proc.");
        await using var backend = await TestBackend.StartAsync(AnswerAsync);
        await using var host = await LocalHostProcess.StartWithConfigAsync("""
            version: 1
            services:
              backend: "${env:BACKEND_URL}"
            routes:
              all: { match: "/{**path}", auth: anonymous, body: { max: 100MB }, forward: backend }
            """, new Dictionary<string, string> { ["BACKEND_URL"] = backend.Url });
        using var client = Http.NewClient(host.Values["GATEWAY_URL"]);

        await UpAsync(client, 10);
        await DownAsync(client, 10);
        var before = ProcessTree.Memory(host.Id).Now;
        await UpAsync(client, 100);
        await DownAsync(client, 100);
        var after = ProcessTree.Memory(host.Id);

        TestContext.Current.SendDiagnosticMessage($"Memory: {before / Megabyte} MB before, {after.Now / Megabyte} MB after, {after.Peak / Megabyte} MB at the most.");
        Assert.True(after.Peak - before < Allowed, $"{(after.Peak - before) / Megabyte} MB more were taken: {before / Megabyte} MB before, {after.Peak / Megabyte} MB at the most.");
    }

    private static async Task UpAsync(HttpClient client, int megabytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/up") { Content = new StreamContent(new ZeroStream(megabytes * (long)Megabyte)) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal($"{megabytes * (long)Megabyte}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task DownAsync(HttpClient client, int megabytes)
    {
        using var response = await client.GetAsync($"/down?{megabytes}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(megabytes * (long)Megabyte, await CountAsync(body));
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/up")
        {
            await context.Response.WriteAsync($"{await CountAsync(context.Request.Body)}");
            return;
        }

        await new ZeroStream(int.Parse(context.Request.QueryString.Value![1..], System.Globalization.CultureInfo.InvariantCulture) * (long)Megabyte).CopyToAsync(context.Response.Body);
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var block = new byte[64 * 1024];
        var count = 0L;
        for (int read; (read = await stream.ReadAsync(block)) > 0; count += read)
        {
        }

        return count;
    }
}
