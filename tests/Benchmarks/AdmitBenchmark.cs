using BenchmarkDotNet.Attributes;
using Gateway.Limits;
using Gateway.Limits.Exact;
using Gateway.Limits.Ledger;
using Gateway.Tests.Limits.Exact;
using Mesh.Clocks;

namespace Benchmarks;

/// <summary>What one request costs where memory is enough to decide it. Leases are as a renewal far from the limit leaves them, and large.</summary>
public class AdmitBenchmark
{
    private const int ManyKeys = 100_000;
    private const int SlotsOfLease = 600;
    private const long Tokens = 1_000_000_000_000;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly ExactWorld _world = new(new MemoryLedger(TimeProvider.System), BootTime.Instance);
    private readonly ExactWorld _crowd = new(new MemoryLedger(TimeProvider.System), BootTime.Instance);
    private readonly LimitCharge[] _one = [Charge("per-consumer", "consumer:c-000042")];
    private readonly LimitCharge[] _over = [Charge("per-consumer", "consumer:c-000043")];
    private readonly LimitCharge[] _three = [Charge("per-consumer", "consumer:c-000044"), Charge("per-address", "address:192.0.2.7"), Charge("in-all", "")];
    private readonly LimitCharge[] _local = [new("per-consumer", new() { Count = Tokens, Window = _window }, "consumer:c-000042", Shadow: false)];
    private readonly LimitCharge[] _many = [.. Enumerable.Range(0, ManyKeys).Select(number => Charge("per-consumer", $"consumer:c-{number:000000}"))];
    private readonly long[] _instant = new long[1];
    private Func<long> _readInstant = null!;
    private LedgerAccount _account = null!;
    private LedgerAccount _overAccount = null!;
    private Lease _lease = null!;
    private int _next;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        await _world.Clock.RefreshAsync();
        await _crowd.Clock.RefreshAsync();
        foreach (var charge in _three)
        {
            Lend(_world, charge);
        }

        foreach (var charge in _many)
        {
            Lend(_crowd, charge);
        }

        new Random(1).Shuffle(_many);
        _account = Lend(_world, _one[0]);
        _lease = _account.Leases[0];
        _overAccount = _world.Accounts.Find(_over[0]);
        _overAccount.Deny(long.MaxValue, _world.Clock.UpperAt(_world.Clock.Local) + TimeSpan.TicksPerMinute);
        _instant[0] = _world.Clock.UpperAt(_world.Clock.Local);
        _readInstant = () => _instant[0];
    }

    [Benchmark(Description = "lease: take, check, record")]
    public bool Spend() => _lease.TrySpend(_readInstant);

    [Benchmark(Description = "clock: read, upper bound")]
    public long UpperBound() => _world.Clock.UpperAt(_world.Clock.Local);

    [Benchmark(Description = "account: look up, 1 of 5 keys")]
    public object LookUp() => _world.Accounts.Find(_one[0]);

    [Benchmark(Description = "account: look up, any of 100,000 keys")]
    public object LookUpAny() => _crowd.Accounts.Find(NextOfMany());

    [Benchmark(Description = "admit step, given the account")]
    public bool Admit() => _world.Exact.TryDecide(_account, _one[0], out _, out _);

    [Benchmark(Description = "admit step, with the look-up")]
    public bool AdmitByKey() => _world.Exact.TryDecide(_world.Accounts.Find(_one[0]), _one[0], out _, out _);

    [Benchmark(Description = "admit step, with the look-up, any of 100,000 keys")]
    public bool AdmitAnyKey()
    {
        ref readonly var charge = ref NextOfMany();
        return _crowd.Exact.TryDecide(_crowd.Accounts.Find(charge), charge, out _, out _);
    }

    [Benchmark(Description = "refuse step, given the account known to be over")]
    public bool Refuse() => _world.Exact.TryDecide(_overAccount, _over[0], out _, out _);

    [Benchmark(Description = "whole call: one exact limit admits")]
    public bool AdmitWhole() => Take(_one);

    [Benchmark(Description = "whole call: one exact limit refuses")]
    public bool RefuseWhole() => Take(_over);

    [Benchmark(Description = "whole call: three exact limits admit")]
    public bool AdmitThree() => Take(_three);

    [Benchmark(Description = "whole call: one local limit admits", Baseline = true)]
    public bool AdmitLocally() => Take(_local);

    private bool Take(LimitCharge[] charges)
    {
        var taking = _world.Limiter.TryTakeAsync(charges, CancellationToken.None);
        return taking.IsCompletedSuccessfully ? taking.Result.IsAdmitted : throw new InvalidOperationException("Memory was not enough.");
    }

    private ref readonly LimitCharge NextOfMany() => ref _many[_next = (_next + 1) % ManyKeys];

    private static LedgerAccount Lend(ExactWorld world, LimitCharge charge)
    {
        var account = world.Accounts.Find(charge);
        var shape = Slots.Of(_window, account.Hash);
        var first = shape.SlotOf(world.Clock.LowerAt(world.Clock.Local));
        account.Hold([new Lease(new(1, shape, first, first + SlotsOfLease), Tokens)]);
        return account;
    }

    private static LimitCharge Charge(string limit, string key) => ExactWorld.Rolling(Tokens, _window, key) with { Limit = limit };
}
