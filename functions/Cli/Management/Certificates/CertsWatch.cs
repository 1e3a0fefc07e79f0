using System.Text.Json;
using Cli.Terminals;

namespace Cli.Management.Certificates;

/// <summary>Shows the state of the mesh until the operator has seen enough: in place in a terminal, elsewhere each change.</summary>
internal sealed class CertsWatch(ManagementCommand.Call call)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Screen _screen = new(call.Shell);
    private readonly bool _inPlace = call.Shell.OutputIsTerminal && !call.Json;

    private MeshState? _state;
    private long _answered = call.Shell.Time.GetTimestamp();
    private string? _written;
    private string? _problem;

    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await LookAsync();
                await Task.Delay(Every, call.Shell.Time, call.Cancel);
            }
        }
        catch (OperationCanceledException) when (call.Cancel.IsCancellationRequested)
        {
            // Ctrl-C is how watching ends, not a failure.
        }
        finally
        {
            _screen.Close();
        }
    }

    private async Task LookAsync()
    {
        try
        {
            _state = await call.Api.GetAsync("certificates", ManagementJson.Default.MeshState, call.Cancel);
            _answered = call.Shell.Time.GetTimestamp();
            Show(_state);
        }
        catch (CommandException failure)
        {
            Show(failure);
        }
    }

    private void Show(MeshState state)
    {
        _problem = null;
        if (_inPlace)
        {
            _screen.Draw(new CertsStatus(state).Write);
            return;
        }

        var text = JsonSerializer.Serialize(state.WithoutAges(), ManagementJson.Default.MeshState);
        if (text == _written)
        {
            return;
        }

        if (call.Json)
        {
            call.Terminal.JsonLine(state, ManagementJson.Default.MeshState);
        }
        else
        {
            WriteBlock(state);
        }

        _written = text;
    }

    private void WriteBlock(MeshState state)
    {
        if (_written is not null)
        {
            call.Terminal.Plain("");
        }

        call.Terminal.Plain($"{state.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        new CertsStatus(state).Write(call.Terminal);
    }

    private void Show(CommandException failure)
    {
        if (_inPlace)
        {
            _screen.Draw(terminal => WriteFailure(terminal, failure));
        }
        else if (failure.Problem != _problem)
        {
            call.Terminal.Fail(failure.Problem, "Trying again.");
        }

        _problem = failure.Problem;
    }

    private void WriteFailure(Terminal terminal, CommandException failure)
    {
        var age = "";
        if (_state is not null)
        {
            new CertsStatus(_state).Write(terminal);
            age = $" What stands above is {Durations.Age(call.Shell.Time.GetElapsedTime(_answered))} old.";
        }

        terminal.Line($"[red]{Terminal.Escape(failure.Problem)}[/] Trying again.{age}");
    }
}
