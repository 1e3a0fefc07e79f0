using System.Net;

namespace Gateway.Authentication.Jwt;

/// <summary>Fetches an issuer's discovery document and, from where that says, its keys. Every failure is a value.</summary>
internal sealed class IssuerClient(HttpMessageInvoker http, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <param name="authority">Base address of the issuer.</param>
    /// <param name="isIssuerStated">True: the configuration says what iss must be, and the document's own word does not count.</param>
    public async Task<IssuerFetch> FetchAsync(string authority, bool isIssuerStated)
    {
        using var deadline = new CancellationTokenSource(_timeout, time);
        try
        {
            return await FetchAsync(authority, isIssuerStated, deadline.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(FetchOutcome.Unreachable);
        }
    }

    private async Task<IssuerFetch> FetchAsync(string authority, bool isIssuerStated, CancellationToken cancellation)
    {
        if (IssuerAddress.OfDiscovery(authority) is not { } discovery)
        {
            return new(FetchOutcome.NotTrusted);
        }

        var (outcome, bytes) = await GetAsync(discovery, cancellation);
        if (outcome != FetchOutcome.Fetched || StrictJson.ReadObject(bytes) is not { } document || document.Text("issuer") is not { Length: > 0 } issuer)
        {
            return new(outcome == FetchOutcome.Fetched ? FetchOutcome.Malformed : outcome);
        }

        if (IssuerAddress.OfKeys(discovery, document.Text("jwks_uri")) is not { } address || !(isIssuerStated || IssuerAddress.MaySpeakFor(authority, issuer)))
        {
            return new(FetchOutcome.NotTrusted);
        }

        (outcome, bytes) = await GetAsync(address, cancellation);
        return outcome != FetchOutcome.Fetched ? new(outcome)
            : KeySet.Read(bytes) is { } keys ? new(FetchOutcome.Fetched, new(issuer, keys))
            : new(FetchOutcome.Malformed);
    }

    private async Task<(FetchOutcome Outcome, byte[] Bytes)> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("application/json"));
        using var response = await http.SendAsync(request, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return (FetchOutcome.Unreachable, []);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > MostBytes ? (FetchOutcome.Malformed, []) : (FetchOutcome.Fetched, buffer[..length]);
    }
}
