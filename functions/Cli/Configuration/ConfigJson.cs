using System.Text.Json.Serialization;
using Gateway.Limits;

namespace Cli.Configuration;

/// <summary>What gw validate --json writes.</summary>
internal sealed record Validation(string File, bool Valid, string? Release, Counts? Counts, IReadOnlyList<LimitPromise>? Limits, IReadOnlyList<Finding> Errors);

/// <summary>How much a configuration holds.</summary>
internal sealed record Counts(int Routes, int Services, int Limits);

/// <summary>One mistake and its place.</summary>
internal sealed record Finding(string File, int Line, int Column, IReadOnlyList<string> Path, string Problem, string Mend, bool NotSupportedYet);

/// <summary>What gw routes FILE --json writes.</summary>
internal sealed record RouteList(IReadOnlyList<RouteRow> Routes);

/// <summary>One route with what it inherits.</summary>
internal sealed record RouteRow(string Name, string? Host, IReadOnlyList<MatchRow> Matches, IReadOnlyList<string> Auth, IReadOnlyList<string> Limits, string? Action, string? Target);

/// <summary>Which requests: no method means any.</summary>
internal sealed record MatchRow(IReadOnlyList<string> Methods, string Path, IReadOnlyList<string> Conditions, int Priority);

/// <summary>What gw routes FILE METHOD PATH --json writes.</summary>
internal sealed record Choice(string Method, string? Host, string Path, string Query, string? Route, IReadOnlyList<string> Allow, IReadOnlyList<Candidate> Candidates);

/// <summary>How one match stands to the request. Outcome: won, lost or noMatch.</summary>
internal sealed record Candidate(string Route, string Match, string Outcome, string Reason);

/// <summary>What gw init --json writes.</summary>
internal sealed record Written(string File);

/// <summary>JSON of the commands on a configuration file, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Validation))]
[JsonSerializable(typeof(RouteList))]
[JsonSerializable(typeof(Choice))]
[JsonSerializable(typeof(Written))]
internal sealed partial class ConfigJson : JsonSerializerContext;
