using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Records;

namespace Gateway.Tests.Limits;

/// <summary>What clients are told of their limits through the whole gateway, by a clock that only they move.</summary>
public sealed partial class LimitOnTheWireTests : IAsyncLifetime
{
    private const string Config = """
        version: 1
        limits:
          rolling: { rate: 7 per 10s by route, mode: local }
          bucket: { rate: 3 per 1s burst 5 by route, mode: local }
          daily: { rate: 9 per day by route, mode: local }
          slow: { rate: 3 per 1h by consumer, mode: local }
        defaults: { auth: anonymous, respond: { text: ok } }
        routes:
          rolling: { match: GET /rolling, limits: [rolling] }
          bucket: { match: GET /bucket, limits: [bucket] }
          daily: { match: GET /daily, limits: [daily] }
          all: { match: GET /all, limits: [daily, rolling, bucket] }
          keyed: { match: GET /keyed, auth: apiKey, limits: [slow] }
        """;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 23, 0, 0, TimeSpan.Zero));
    private RunningGateway _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await RunningGateway.StartAsync(Config, new() { Clock = _time });

    [Theory]
    [InlineData("/rolling")]
    [InlineData("/bucket")]
    [InlineData("/daily")]
    [InlineData("/all")]
    public async Task Client_ThatWaitsAsLongAsToldAndNoLonger_IsAdmitted(string path)
    {
        var refusals = 0;
        for (var request = 0; request < 100; request++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(request * 37 % 130));
            var answer = await _gateway.AskAsync($"GET {path}");
            if (answer.Status != 200)
            {
                refusals++;
                Assert.Equal(429, answer.Status);
                var wait = answer.Fields["Retry-After"];
                Assert.Matches(Digits(), wait);
                var seconds = long.Parse(wait, CultureInfo.InvariantCulture);
                Assert.All(Read(answer, "RateLimit").Where(state => state.Number("r") == 0), state => Assert.True(seconds >= state.Number("t"), answer.Fields["RateLimit"]));
                _time.Advance(TimeSpan.FromSeconds(seconds));
                Assert.Equal(200, (await _gateway.AskAsync($"GET {path}")).Status);
            }
        }

        Assert.True(refusals > 5, $"Only {refusals} were refused: that shows little.");
    }

    [Fact]
    public async Task Fields_OfEveryAnswer_AreStrictAndInOneOrder()
    {
        var statuses = new HashSet<int>();
        for (var request = 0; request < 15; request++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(request % 5 * 40));
            var answer = await _gateway.AskAsync("GET /all");
            statuses.Add(answer.Status);
            var (policies, states) = (Read(answer, "RateLimit-Policy"), Read(answer, "RateLimit"));
            Assert.Equal(["daily", "rolling", "bucket"], policies.Select(policy => policy.Name));
            Assert.Equal(["daily", "rolling", "bucket"], states.Select(state => state.Name));
            Assert.All(policies.Zip(states), pair => Assert.InRange(pair.Second.Number("t"), 0, pair.First.Number("w")));
        }

        Assert.Equal([200, 429], statuses.Order());
    }

    [Fact]
    public async Task Caller_KnownToBeOverItsLimit_CostsNoStorage()
    {
        var key = AddKey("acme");
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(200, (await _gateway.AskAsync("GET /keyed", [$"X-Api-Key: {key}"])).Status);
        }

        var before = _gateway.Tables.Calls;
        for (var request = 0; request < 100; request++)
        {
            Assert.Equal(429, (await _gateway.AskAsync("GET /keyed", [$"X-Api-Key: {key}"])).Status);
        }

        Assert.True(before > 0);
        Assert.Equal(before, _gateway.Tables.Calls);

        // Had the refused ones been counted, this would be refused too.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await _gateway.AskAsync("GET /keyed", [$"X-Api-Key: {key}"])).Status);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private static List<Item> Read(WireAnswer answer, string field) =>
        [.. Assert.IsType<List<StrictMember>>(StrictList.Parse(answer.Fields[field])).Select(member => new Item(member.Value, member.Parameters.ToDictionary()))];

    private string AddKey(string consumer)
    {
        var pepper = _gateway.Peppers.Current;
        var text = ApiKeyText.Create(ApiKeyKind.Live, pepper);
        Plant(new ConsumerRecord { Name = consumer, Groups = [], Created = _time.GetUtcNow() });
        Plant(new KeyRecord { Id = text.Id, Kind = text.Kind, Consumer = consumer, Scopes = [], Created = _time.GetUtcNow(), PepperVersion = pepper.Version, SecretHash = text.HashSecret(pepper) });
        return text.Reveal();
    }

    private void Plant<TRecord>(TRecord record)
        where TRecord : class, ITableRecord<TRecord> =>
        _gateway.Tables[TRecord.Table].Plant(new TableEntity(record.ToRow()) { PartitionKey = record.Address.PartitionKey, RowKey = record.Address.RowKey });

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex Digits();

    private sealed record Item(string Name, Dictionary<string, object> Parameters)
    {
        public long Number(string parameter) => Assert.IsType<long>(Parameters[parameter]);
    }
}
