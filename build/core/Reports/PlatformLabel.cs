namespace SyscallBench.Reports;

/// <summary>A platform's name where a person reads; an unknown platform goes by its own name.</summary>
public static class PlatformLabel
{
    public static string Of(string platform) => platform switch
    {
        "linux" => "Linux",
        "linux-nomitig" => "Linux, no mitigations",
        "unikraft" => "Unikraft",
        "floor" => "Floor, ring 3",
        "floor-ring0" => "Floor, ring 0",
        "host" => "This machine's own kernel",
        _ => platform,
    };
}
