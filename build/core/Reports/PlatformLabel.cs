using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>A platform's name where a person reads; an unknown platform goes by its own name.</summary>
public static class PlatformLabel
{
    /// <summary>The platform of a row, with what the row measures where that is not what the others do.</summary>
    public static string Of(ResultRow row) => row.Note is null ? Of(row.Platform) : $"{Of(row.Platform)} ({row.Note})";

    public static string Of(string platform) => platform switch
    {
        "linux" => "Linux",
        "linux-nomitig" => "Linux, no mitigations",
        "unikraft" => "Unikraft",
        "floor" => "Floor, ring 3",
        "floor-ring0" => "Floor, ring 0",
        "host" => "This machine",
        _ => platform,
    };
}
