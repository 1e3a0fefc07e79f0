using Gateway.Errors;

namespace Gateway.Tests.Errors;

public sealed class GatewayErrorsTests
{
    public static TheoryData<GatewayError, int, string, bool> Rows { get; } = new()
    {
        { GatewayError.NoRoute, 404, "no-route", false },
        { GatewayError.MethodNotAllowed, 405, "method-not-allowed", false },
        { GatewayError.MalformedRequest, 400, "malformed-request", false },
        { GatewayError.RequestTooLarge, 413, "request-too-large", false },
        { GatewayError.RequestTimeout, 408, "request-timeout", true },
        { GatewayError.UnsupportedMediaType, 415, "unsupported-media-type", false },
        { GatewayError.AddressNotAllowed, 403, "address-not-allowed", false },
        { GatewayError.CredentialsMissing, 401, "credentials-missing", false },
        { GatewayError.CredentialsInvalid, 401, "credentials-invalid", false },
        { GatewayError.Forbidden, 403, "forbidden", false },
        { GatewayError.RateLimited, 429, "rate-limited", true },
        { GatewayError.LimiterUnavailable, 503, "limiter-unavailable", true },
        { GatewayError.UpstreamUnreachable, 502, "upstream-unreachable", true },
        { GatewayError.UpstreamTimeout, 504, "upstream-timeout", true },
        { GatewayError.UpstreamIdentityMismatch, 502, "upstream-identity-mismatch", true },
        { GatewayError.MeshUnavailable, 503, "mesh-unavailable", true },
        { GatewayError.NotServedHere, 501, "not-served-here", false },
        { GatewayError.IdentityUnavailable, 503, "identity-unavailable", true },
        { GatewayError.PartFailed, 502, "part-failed", true },
        { GatewayError.ConfigurationUnavailable, 503, "configuration-unavailable", true },
        { GatewayError.CredentialStoreUnavailable, 503, "credential-store-unavailable", true },
        { GatewayError.IssuerUnavailable, 503, "issuer-unavailable", true },
        { GatewayError.ClientGone, 499, "client-gone", true },
        { GatewayError.Internal, 500, "internal-error", true },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Describe_EachError_HasItsRow(GatewayError error, int status, string slug, bool retryable)
    {
        var row = error.Describe();

        Assert.Equal((status, slug, retryable), (row.Status, row.Slug, row.Retryable));
    }

    [Fact]
    public void Rows_NameEveryErrorOnce() =>
        Assert.Equal(Enum.GetValues<GatewayError>().Order(), Rows.Select(row => row.Data.Item1).Order());

    [Fact]
    public void Describe_NoTwoErrors_ShareASlug() =>
        Assert.Distinct(Enum.GetValues<GatewayError>().Select(error => error.Describe().Slug));

    [Fact]
    public void Describe_EveryPage_SaysWhatItMeansAndWhatToDo() =>
        Assert.All(Enum.GetValues<GatewayError>(), error => Assert.False(
            string.IsNullOrWhiteSpace(error.Describe().Title) || string.IsNullOrWhiteSpace(error.Describe().Meaning) || string.IsNullOrWhiteSpace(error.Describe().Mend)));
}
