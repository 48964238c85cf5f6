namespace SyscallBench.Model;

/// <summary>What disturbed a timed region, where the program could know it (bench-src/PROTOCOL.md, <c>round</c>); a sum of flags.</summary>
[Flags]
public enum Disturbance
{
    None = 0,

    Interrupt = 1,

    /// <summary>A hypervisor ran something else on the CPU (steal time), in the round that the region belongs to.</summary>
    Steal = 2,

    /// <summary>The kernel that the program runs on switched to something else.</summary>
    ContextSwitch = 4,

    Migration = 8,

    /// <summary>The clock's difference is zero or negative, or was not printed.</summary>
    Clock = 16,
}

/// <summary>How <see cref="Disturbance"/> is written in files: lower-case names joined by <c>+</c>, nothing where nothing disturbed the region.</summary>
public static class DisturbanceNames
{
    private static readonly (Disturbance Flag, string Name)[] _names =
        [.. Enum.GetValues<Disturbance>().Where(flag => flag != Disturbance.None).Select(flag => (flag, flag.Name()))];

    public static string All => string.Join(", ", _names.Select(entry => entry.Name));

    public static string Format(Disturbance disturbance) => string.Join('+', _names.Where(entry => disturbance.HasFlag(entry.Flag)).Select(entry => entry.Name));

    public static bool TryParse(string text, out Disturbance disturbance)
    {
        disturbance = Disturbance.None;
        foreach (var word in text.Length == 0 ? [] : text.Split('+'))
        {
            var flag = _names.FirstOrDefault(entry => entry.Name == word).Flag;
            if (flag == Disturbance.None)
                return false;
            disturbance |= flag;
        }

        return true;
    }
}
