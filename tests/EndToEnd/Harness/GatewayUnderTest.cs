namespace EndToEnd.Harness;

/// <summary>
/// The gateway that the shared tests talk to: a local host that is started for them, or, where GATEWAY_URL is set
/// (with API_KEY, TOKEN, MANAGE_URL and MANAGE_KEY), the one at that address.
/// </summary>
public sealed class GatewayUnderTest : IAsyncLifetime
{
    private LocalHostProcess? _local;
    private IReadOnlyDictionary<string, string> _values = new Dictionary<string, string>();

    private static readonly string[] Names = ["GATEWAY_URL", "GATEWAY_HTTP2_URL", "API_KEY", "TOKEN", "MANAGE_URL", "MANAGE_KEY", "ISSUER_URL"];

    /// <summary>Follows no redirect, keeps no cookie.</summary>
    public HttpClient Client { get; private set; } = new();

    public string ApiKey => this["API_KEY"];

    public string Token => this["TOKEN"];

    /// <summary>The process that was started for the tests; a test that needs it is skipped elsewhere.</summary>
    internal LocalHostProcess Local
    {
        get
        {
            SkipWhenElsewhere();
            return _local!;
        }
    }

    private static bool IsElsewhere => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GATEWAY_URL"));

    /// <summary>A value of dev.env, or of the environment where the gateway runs elsewhere.</summary>
    public string this[string name]
    {
        get
        {
            Assert.SkipUnless(_values.TryGetValue(name, out var value) && value.Length > 0, $"{name} is not set.");
            return value!;
        }
    }

    public static void SkipWhenElsewhere() =>
        Assert.SkipWhen(IsElsewhere, "Needs a local host of its own; GATEWAY_URL names a gateway that runs elsewhere.");

    public async ValueTask InitializeAsync()
    {
        if (IsElsewhere)
        {
            _values = Names.ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name) ?? "");
        }
        else
        {
            _local = await LocalHostProcess.StartAsync("--http2-port", "0");
            _values = _local.Values;
        }

        Client = Http.NewClient(_values["GATEWAY_URL"]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }
    }
}

/// <summary>The tests that share one gateway: they leave it as they found it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedGateway : ICollectionFixture<GatewayUnderTest>
{
    public const string Name = "shared gateway";
}
