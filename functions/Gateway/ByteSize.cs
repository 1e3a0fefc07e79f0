using System.Globalization;

namespace Gateway;

/// <summary>A number of bytes. Units are decimal in name and binary in fact, as in nginx: 1KB is 1,024 bytes.</summary>
public readonly record struct ByteSize(long Bytes)
{
    public static ByteSize FromKilobytes(long kilobytes) => new(kilobytes * 1024);

    public static ByteSize FromMegabytes(long megabytes) => new(megabytes * 1024 * 1024);

    public override string ToString() => Bytes switch
    {
        > 0 when Bytes % (1 << 30) == 0 => string.Create(CultureInfo.InvariantCulture, $"{Bytes >> 30}GB"),
        > 0 when Bytes % (1 << 20) == 0 => string.Create(CultureInfo.InvariantCulture, $"{Bytes >> 20}MB"),
        > 0 when Bytes % (1 << 10) == 0 => string.Create(CultureInfo.InvariantCulture, $"{Bytes >> 10}KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Bytes}B"),
    };
}
