using Microsoft.Extensions.Hosting;

namespace Gateway.Limits.Exact;

/// <summary>Gives all leases back when the host stops, so that scaling in costs no tokens. What is not given back in time is lost as at a crash.</summary>
internal sealed class LeaseReturn(LedgerAccounts accounts, Renewals renewals, TimeProvider time) : IHostedService
{
    private const int AtOnce = 16;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token };
            await Parallel.ForEachAsync(accounts.All(), options, async (account, cancel) => await renewals.GiveBackAsync(account).WaitAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any longer.
        }
    }
}
