using SyscallBench.Builds;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Builds;

public sealed class ContainerRunTests
{
    [Fact]
    public void Should_Shut_The_Command_In_Completely()
    {
        var arguments = Run(new BuildFolders
        {
            What = "the kernel",
            Sources = new Dictionary<string, string> { ["linux"] = "/home/me/my tree/linux" },
            Output = "/home/me/out",
            Log = "/home/me/log",
            Cache = "/home/me/ccache",
        }).Arguments("syscall-bench-1", new ProcessRequest("make", "-C", "/src/linux") { Environment = new Dictionary<string, string?> { ["V"] = "1" } });

        string[] expected =
        [
            "run", "--rm", "--name", "syscall-bench-1", "--pull", "never", "--network", "none", "--user", "1000:1000", "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--memory", "4294967296", "--pids-limit", "4096", "--read-only", "--tmpfs", "/tmp:exec",
            "--mount", "type=bind,source=/home/me/my tree/linux,target=/src/linux,readonly", "--mount", "type=bind,source=/home/me/out,target=/out",
            "--mount", "type=bind,source=/home/me/ccache,target=/cache",
            .. BuildEnvironment.Variables.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            "--env", "CCACHE_DIR=/cache", "--env", "CCACHE_DEPEND=1",
            "--env", "V=1", "--env", "HOME=/tmp", "--workdir", "/out", "sha256:1234", "make", "-C", "/src/linux",
        ];
        Assert.Equal(expected, arguments);
    }

    [Fact]
    public void Should_Quote_A_Path_That_Has_A_Comma()
    {
        var arguments = Run(new BuildFolders { What = "x", Sources = new Dictionary<string, string>(), Output = "/a,b\"c", Log = "/log" }).Arguments("syscall-bench-1", new ProcessRequest("make"));

        Assert.Contains("type=bind,\"source=/a,b\"\"c\",target=/out", arguments);
    }

    private static ContainerRun Run(BuildFolders folders)
        => new("sha256:1234", "1000:1000", folders, []) { Memory = 4L << 30 };
}
