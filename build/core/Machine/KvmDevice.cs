using SyscallBench.Steps;

namespace SyscallBench.Machine;

/// <summary>How far /dev/kvm can be opened.</summary>
public enum KvmAccess
{
    Opens,
    Missing,
    Forbidden,
    Fails,
}

/// <summary>The device node of KVM, and what helps where it does not open.</summary>
/// <param name="Failure">The system's own words where it fails; else null.</param>
public sealed record KvmDevice(KvmAccess Access, string? Failure)
{
    public const string Path = "/dev/kvm";

    private const int GroupMayUse = 0x30; // S_IRGRP | S_IWGRP

    /// <summary>The group that the node belongs to, where its members may use it; else null.</summary>
    public string? Group { get; init; }

    /// <summary>The user's name is in that group; what is missing is a new login.</summary>
    public bool IsMember { get; init; }

    /// <summary>Why no guest can be tried; null where it opens.</summary>
    public string? WhyClosed => Access switch
    {
        KvmAccess.Opens => null,
        KvmAccess.Missing => $"KVM is not there: this machine has no {Path}",
        KvmAccess.Forbidden => $"KVM may not be used: no permission to open {Path}",
        _ => $"KVM cannot be used: {Path} does not open ({Failure})",
    };

    public static KvmDevice Read()
    {
        if (!File.Exists(Path))
            return new KvmDevice(KvmAccess.Missing, null);
        try
        {
            using var device = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return new KvmDevice(KvmAccess.Opens, null);
        }
        catch (UnauthorizedAccessException)
        {
            var groups = File.Exists("/etc/group") ? File.ReadAllText("/etc/group") : "";
            var (mode, group) = FileStatus.AccessOf(Path);
            return Forbidden(mode, group, groups, Environment.UserName);
        }
        catch (IOException error)
        {
            return new KvmDevice(KvmAccess.Fails, error.Message);
        }
    }

    /// <summary>A node that this user may not open.</summary>
    /// <param name="groups">Text of /etc/group.</param>
    public static KvmDevice Forbidden(int mode, uint group, string groups, string user)
    {
        // "kvm:x:106:alice,bob"
        var entry = groups.Split('\n').Select(line => line.Split(':')).FirstOrDefault(
            fields => fields.Length == 4 && fields[2] == group.ToString(CultureInfo.InvariantCulture));

        // Nobody is to be made a member of root's own group.
        return entry is null || group == 0 || (mode & GroupMayUse) != GroupMayUse
            ? new KvmDevice(KvmAccess.Forbidden, null)
            : new KvmDevice(KvmAccess.Forbidden, null) { Group = entry[0], IsMember = entry[3].Trim().Split(',').Contains(user) };
    }

    /// <summary>What to do; null where it opens.</summary>
    public string? Remedy(HostFacts host) => (Access, Group) switch
    {
        (KvmAccess.Opens, _) => null,
        (KvmAccess.Forbidden, { } group) when IsMember => $"log out and in again: you are in the group {group} since you logged in",
        (KvmAccess.Forbidden, { } group) => $"sudo usermod -aG {group} \"$USER\", then log in again",
        (KvmAccess.Forbidden, null) => $"sudo setfacl -m \"u:$USER:rw\" {Path} (joining a group does not help here)",
        (KvmAccess.Missing, _) when host.Cpu.Flags.Contains("vmx") => "sudo modprobe kvm_intel; in a container, start it with --device=/dev/kvm",
        (KvmAccess.Missing, _) when host.Cpu.Flags.Contains("svm") => "sudo modprobe kvm_amd; in a container, start it with --device=/dev/kvm",
        (KvmAccess.Missing, _) when host.Hypervisor is not null => "switch nested virtualisation on for this virtual machine, or measure on hardware; here, take the counts: --accel=tcg",
        (KvmAccess.Missing, _) => "switch virtualisation (VT-x, SVM) on in the firmware's set-up; here, take the counts: --accel=tcg",
        _ => "dmesg | grep -i kvm may say why; where another hypervisor uses the CPU, end it",
    };
}
