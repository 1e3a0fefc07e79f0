using System.Numerics;

namespace Gateway.Authentication.Jwt;

/// <summary>Recognises RSA keys that can be factored from their public half.</summary>
internal static class WeakModulus
{
    // Small primes modulo which the powers of 65537 do not reach every residue, so that a random modulus stands out.
    private static readonly int[] _primes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];
    private static readonly HashSet<int>[] _powers = [.. _primes.Select(Powers)];

    /// <summary>
    /// CVE-2017-15361 (ROCA): the primes that certain chips made are powers of 65537 modulo many small primes, and so is their product.
    /// A sound key passes for one in about a hundred million times.
    /// </summary>
    public static bool IsOfInfineon(BigInteger modulus) => _primes.Zip(_powers).All(prime => prime.Second.Contains((int)(modulus % prime.First)));

    private static HashSet<int> Powers(int prime)
    {
        var powers = new HashSet<int>();
        for (var power = 1; powers.Add(power); power = (int)(power * 65537L % prime))
        {
        }

        return powers;
    }
}
