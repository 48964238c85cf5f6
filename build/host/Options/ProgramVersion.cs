using System.Reflection;
using Cake.Core;

namespace SyscallBench.Build.Options;

/// <summary>What runs: for <c>--version</c>, and for the provenance of results.</summary>
public static class ProgramVersion
{
    private static readonly string[] _own = Of(typeof(ProgramVersion).Assembly).Split('+');

    /// <summary>Of this program.</summary>
    public static string Program => _own[0];

    /// <summary>What it was built from; null where Git did not say.</summary>
    public static string? Commit => _own.ElementAtOrDefault(1);

    /// <summary>Whether Cake's packages are its own or the stand-ins of build/polyfills, and which engine runs.</summary>
    public static string Cake
    {
        get
        {
            var frosting = typeof(global::Cake.Frosting.CakeHost).Assembly;
            var engine = Of(typeof(ICakeContext).Assembly).Split('+')[0];
            var isStandIn = frosting.GetCustomAttributes<AssemblyMetadataAttribute>().Any(data => data.Key == "StandIn");
            return isStandIn ? $"stand-ins for Cake's packages, on the engine of Cake {engine}" : $"Cake.Frosting {Of(frosting).Split('+')[0]}, on the engine of Cake {engine}";
        }
    }

    public static string Text => $"syscall-bench {string.Join('+', _own)}\n{Cake}";

    private static string Of(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";
}
