using Cli;

return await Gw.RunAsync(args, Shell.OfThisProcess());
