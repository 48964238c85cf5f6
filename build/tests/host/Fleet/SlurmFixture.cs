using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SyscallBench.Processes;

namespace SyscallBench.Build.Tests.Fleet;

/// <summary>A Slurm of its own on loopback ports: a controller and three nodes n1 to n3 with features f1 to f3, each of them this machine. Debian's packages slurmctld, slurmd and slurm-client.</summary>
internal sealed class SlurmFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slurm-").FullName;
    private readonly Dictionary<string, Process> _daemons = [];

    public SlurmFixture()
    {
        foreach (var program in (string[])["slurmctld", "slurmd", "sbatch", "sinfo"])
            Assert.SkipWhen(ProgramFinder.Find(program) is null, $"{program} is not installed");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "slurmd has to be root");

        var ports = FreePorts(4);
        Directory.CreateDirectory(Path.Combine(_folder, "state"));
        File.WriteAllText(Configuration, string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=test
            SlurmctldHost=localhost(127.0.0.1)
            SlurmctldPort={ports[0]}
            CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
            AuthType=auth/none
            CredType=cred/none
            AuthInfo=cred_expire=5
            SlurmUser=root
            StateSaveLocation={_folder}/state
            SlurmdSpoolDir={_folder}/spool-%n
            SlurmctldPidFile={_folder}/slurmctld.pid
            SlurmdPidFile={_folder}/slurmd-%n.pid
            SlurmctldLogFile={_folder}/slurmctld.log
            SlurmdLogFile={_folder}/slurmd-%n.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            SelectType=select/cons_tres
            MpiDefault=none
            ReturnToService=2
            SlurmdTimeout=6
            MinJobAge=600
            NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[1]} Feature=f1
            NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[2]} Feature=f2
            NodeName=n3 NodeHostname=localhost NodeAddr=127.0.0.1 Port={ports[3]} Feature=f3
            PartitionName=main Nodes=ALL Default=YES State=UP

            """));
        // Nothing here uses cgroups, but a node's daemon looks for those of systemd unless it is told others.
        File.WriteAllText(Path.Combine(_folder, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
        Start("slurmctld");
        foreach (var node in (string[])["n1", "n2", "n3"])
            StartNode(node);
        WaitForNodes();
    }

    /// <summary>For <c>SLURM_CONF</c>.</summary>
    public string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <summary>The controller's.</summary>
    public string Log => Path.Combine(_folder, "slurmctld.log");

    public void StartNode(string node) => Start("slurmd", "-N", node);

    /// <summary>Everything that runs there ends at once, as when the power goes: the daemon first, then what would report the job's end, then the job.</summary>
    public void KillNode(string node)
    {
        _daemons[node].Kill();
        _daemons[node].WaitForExit();
        int[] job = [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsDigit(name![0])).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(pid => Text(pid, "environ").Contains($"SLURMD_NODENAME={node}\0", StringComparison.Ordinal))];
        foreach (var pid in job.Select(Parent).Except(job).Concat(job).Where(pid => pid > 1))
            Kill(pid);
    }

    /// <summary>A node's, in Slurm's words: <c>idle</c>, <c>allocated</c>, <c>down*</c>.</summary>
    public string State(string node) => Ask("sinfo", "--noheader", "--Node", $"--nodes={node}", "--format=%T");

    /// <summary>Ends what runs on a node, as its user would.</summary>
    public void Cancel(string node) => Ask("scancel", $"--nodelist={node}");

    public void Dispose()
    {
        foreach (var daemon in _daemons.Values)
        {
            if (!daemon.HasExited)
                daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // proc(5): the name in brackets may hold anything, what follows are state and parent.
    private static int Parent(int pid) => Text(pid, "stat").Split(')')[^1].Split(' ') is [_, _, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    private static string Text(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended with another.
        }
    }

    private void WaitForNodes()
    {
        for (var tries = 0; ; tries++)
        {
            if (Ask("sinfo", "--noheader", "--Node", "--format=%T").Split('\n').Count(state => state == "idle") == 3)
                return;
            if (tries == 60)
            {
                var last = File.ReadLines(Path.Combine(_folder, "slurmd-n1.log")).LastOrDefault();
                Dispose();
                Assert.Fail($"the nodes do not come up: {last}");
            }

            Thread.Sleep(500);
        }
    }

    private string Ask(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["SLURM_CONF"] = Configuration;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-D", "-f", Configuration, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        var process = Process.Start(start)!;
        // What it says is in its log too; a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons[arguments.LastOrDefault() ?? program] = process;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
