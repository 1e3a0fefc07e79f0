using Microsoft.Extensions.Primitives;

namespace Gateway.Upstreams;

/// <summary>Header fields of a request to a service, as they are: nothing is parsed. Names compare without regard to case.</summary>
internal interface IRequestFields
{
    /// <summary>The host that the service is to see; null: that of its address.</summary>
    string? Host { get; set; }

    /// <summary>Adds values to those that are there.</summary>
    void Add(string name, StringValues values);

    void Remove(string name);
}

/// <summary>What follows from these.</summary>
internal static class RequestFieldsSetting
{
    /// <summary>Adds a value in place of those that are there.</summary>
    public static void Set(this IRequestFields fields, string name, string value)
    {
        fields.Remove(name);
        fields.Add(name, value);
    }
}
