using System.Reflection;
using Gateway;
using Gateway.Authentication.ApiKeys;
using Gateway.Limits.Exact;
using Gateway.Storage;
using Gateway.Tests.Limits.Simulation;
using Mesh;
using Records;

namespace Benchmarks.Scale;

/// <summary>The numbers of the gateway's code that decide what it asks of storage. Those that are private are read by name, so that a renamed one fails here.</summary>
internal static class CodeFigures
{
    private const BindingFlags Fields = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Longest lease far from the limit, in seconds.</summary>
    public static readonly double LongestLease = Seconds(Read<long>(typeof(LeaseOffer), "_longest"));

    /// <summary>Longest lease near the limit, in seconds.</summary>
    public static readonly double LongestNear = Seconds(Read<long>(typeof(LeaseOffer), "_longestNear"));

    /// <summary>Shortest lease, in seconds.</summary>
    public static readonly double ShortestLease = Seconds(Read<long>(typeof(LeaseOffer), "_shortest"));

    /// <summary>Tokens leased for each one that is expected.</summary>
    public static readonly double Headroom = Read<double>(typeof(LeaseOffer), "Headroom");

    /// <summary>Round trips before its end at which a lease in steady use is renewed.</summary>
    public static readonly int RoundTripsAhead = Read<int>(typeof(LeaseOffer), "RoundTripsAhead");

    /// <summary>Rows are made more of when so many writes are lost for each that is made.</summary>
    public static readonly double LostUntilSpread = Read<double>(typeof(Renewals), "LostUntilSpread");

    /// <summary>How many times as many rows there are then.</summary>
    public static readonly int Growth = Read<int>(typeof(ShardSpread), "Growth");

    /// <summary>Slots between two looks at all rows of a key that has nothing left.</summary>
    public static readonly double SlotsBetweenFetches = (1 << Read<int>(typeof(ShardSpread), "MostInVain")) / 2;

    /// <summary>For how long storage's time need not be learned again, in seconds.</summary>
    public static readonly double TimeGoodFor = Seconds(StorageClock.GoodFor);

    /// <summary>From this age on a record is read again with its next use, in seconds.</summary>
    public static readonly double RecordsRefresh = Read<TimeSpan>(typeof(RecordCache<KeyRecord, StoredKey>), "RefreshAfter").TotalSeconds;

    /// <summary>Records that an instance keeps of each kind.</summary>
    public const int RecordsKept = RecordCache<KeyRecord, StoredKey>.Capacity;

    /// <summary>Limit accounts that an instance keeps.</summary>
    public const int AccountsKept = LedgerAccounts.Capacity;

    /// <summary>Keys whose day of last use an instance remembers.</summary>
    public static readonly int UsesKept = Read<int>(typeof(LastUseNotes), "Capacity");

    /// <summary>Rows in one write of days of last use.</summary>
    public const int UsesInABatch = LastUseWriter.LargestBatch;

    /// <summary>Seconds between two such writes, at least.</summary>
    public static readonly double UsesGathered = LastUseWriter.Gathering.TotalSeconds;

    /// <summary>Seconds between two looks at the releases.</summary>
    public static readonly double ReleasePeriod = new GatewayOptions { ConfigPath = "" }.ReleasePeriod.TotalSeconds;

    /// <summary>Seconds between two looks at the trust bundles, each with a report.</summary>
    public static readonly double MeshPeriod =
        Read<TimeSpan>(typeof(MeshOptions).Assembly.GetType("Mesh.Membership.RoundWait", throwOnError: true)!, "_longest").TotalSeconds;

    /// <summary>Seconds from a call of storage to its answer in the simulator, on average: there and back.</summary>
    public static readonly double SimulatedRoundTrip = Seconds(Read<long>(typeof(Network), "_least") + Read<long>(typeof(Network), "_most"));

    private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;

    private static T Read<T>(Type type, string name) => (T)(type.GetField(name, Fields)
        ?? throw new InvalidOperationException($"{type.Name} has no {name} any more: the model must follow the code.")).GetValue(null)!;
}
