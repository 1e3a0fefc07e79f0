using LocalHost;

return await LocalCommand.InvokeAsync(args, LocalRun.RunAsync);
