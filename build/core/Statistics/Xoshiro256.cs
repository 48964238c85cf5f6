using System.Numerics;
using System.Runtime.CompilerServices;

namespace SyscallBench.Statistics;

/// <summary>
/// Random numbers that are the same on every machine and every .NET: xoshiro256++ (Blackman and Vigna, "Scrambled Linear Pseudorandom Number
/// Generators", 2021), its state filled by SplitMix64 as its authors advise. <see cref="Random"/> promises no such thing.
/// </summary>
public sealed class Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public Xoshiro256(ulong seed) => (_s0, _s1, _s2, _s3) = (SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1. Its bias, count / 2^64, is far below what a resample can show.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>A number between 0 and 1, neither included.</summary>
    public double NextOpen() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
