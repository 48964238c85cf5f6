using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SyscallBench.Machine;

namespace SyscallBench.Build.Tests;

/// <summary>What goes wrong around a run costs what it has to, and is said in one line.</summary>
public sealed partial class FaultTests : IDisposable
{
    private static readonly string[] _all = ["--target=All", "--accel=tcg", "--setup=never", "--runs=2"];

    private const string Nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent XDG_CACHE_HOME=/nonexistent";

    private CheckoutFixture _checkout = new();

    public FaultTests() => CheckoutFixture.Require();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Should_Measure_The_Other_Rows_When_Steps_Fail()
    {
        _checkout.Write("bench-src/floor/start.S", "no assembly");
        _checkout.Write("kernel/Makefile", "VERSION = 6\nPATCHLEVEL = 1\n");
        _checkout.Write("kernel/arch/x86/none", "");

        var ended = await _checkout.Run([.. _all, "--platforms=floor,linux,host", $"--kernel={_checkout.Path("kernel")}"]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal([("floor", "not-measured"), ("host", "measured"), ("linux", "not-measured")], Rows());
        var last = ended.Errors.TrimEnd().Split((char)10)[^1];
        Assert.All((string[])["floor: not measured", "linux: not measured"], part => Assert.Contains(part, last, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Retry_A_Boot_Once_And_Keep_The_Others_When_One_Fails()
    {
        _checkout.WriteProgram("qemu-system-x86_64", """
            #!/bin/sh
            case " $* " in *" -seed 2 "*) echo 'qemu-system-x86_64: it went wrong' >&2; exit 1 ;; esac
            PATH=${PATH#*:} exec qemu-system-x86_64 "$@"
            """);

        var ended = await _checkout.Run([.. _all, "--platforms=floor,floor-ring0"]);

        var cause = Assert.Single(ended.Errors.TrimEnd().Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Equal(1, ended.ExitCode);
        Assert.Single(Cause().Matches(cause));
        Assert.Equal([("floor", "measured"), ("floor-ring0", "measured")], Rows());
        Assert.Equal(2, Files("*.failed-?.log", "floor").Length);
        Assert.Single(Files("boot-???.json", "floor"));
    }

    [Fact]
    public async Task Should_Work_When_The_Path_Has_Colons_And_Quotes_And_Refuse_A_Backslash()
    {
        _checkout.Dispose();
        _checkout = new CheckoutFixture("a:b, c%20\"'$(x) ");
        var measured = await _checkout.Run([.. _all, "--platforms=floor"]);
        _checkout.Dispose();
        _checkout = new CheckoutFixture("a\\b ");
        var refused = await _checkout.Run([.. _all, "--platforms=floor"]);

        Assert.Equal((0, ""), (measured.ExitCode, measured.Errors));
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains(_checkout.Root, Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--accel=kvm")]
    [InlineData("--paper")]
    public async Task Should_Be_Refused_Before_Any_Work_When_Kvm_Is_Asked_For_And_Closed(string option)
    {
        var isOpen = KvmDevice.Read().WhyClosed is null;
        Assert.SkipWhen(isOpen && (!Environment.IsPrivilegedProcess || File.GetUnixFileMode("/dev/kvm").HasFlag(UnixFileMode.OtherWrite)), "KVM is open to everybody here");
        File.SetUnixFileMode(_checkout.Root, File.GetUnixFileMode("/"));

        var ended = await CheckoutFixture.End(_checkout.StartBy($"exec {(isOpen ? Nobody : "")} \"$@\"", "--target=All", option));

        Assert.SkipWhen(TestsAreHidden(ended), "others may not read the tests");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"error: {option}: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_checkout.Path("artifacts")));
    }

    /// <summary>All that follows starts from a run that is done.</summary>
    [Fact]
    public async Task Should_Find_Nothing_To_Do_Wherever_It_Is_Started_From_And_Redo_What_Is_Damaged()
    {
        string[] all = [.. _all, "--platforms=floor"];
        Assert.Equal(0, (await _checkout.Run(all)).ExitCode);
        var rows = _checkout.Rows;

        await NothingToDoWhenReadOnlyAsync(all);
        await OneLineWhenNothingCanBePrintedAsync(all, ">&-");
        await OneLineWhenNothingCanBePrintedAsync(all, ">/dev/full");
        await OneLineWhenNothingCanBePrintedAsync(["--help"], ">/dev/full");
        var gone = await CheckoutFixture.End(_checkout.StartBy("d=$(mktemp -d) && cd \"$d\" && rmdir \"$d\" && exec \"$@\"", all));
        Assert.Equal((1, ""), (gone.ExitCode, gone.Output));
        Assert.Single(gone.Errors.TrimEnd().Split('\n'));

        string[] records = [_checkout.Path("eval", "raw", "run.json"), .. Files("boot-000.json", "floor"), .. Files("boot-001.log", "floor"), .. Directory.GetFiles(_checkout.Path("artifacts", "state"))];
        await RedoneAsync(all, rows, records, CheckoutFixture.MakePipe);
        await RedoneAsync(all, rows, records, path => File.WriteAllText(path, "null"));
        await RedoneAsync(all, rows, [.. records.Where(path => path.EndsWith(".json", StringComparison.Ordinal))], WithNulls);
        await RedoneAsync(all, rows, records, path =>
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, "/dev/zero");
        });
    }

    // Everything at once: what hides behind the first is seen once that is mended.
    private async Task RedoneAsync(string[] all, string rows, string[] records, Action<string> damage)
    {
        foreach (var record in records)
            damage(record);

        var ended = await _checkout.Run(all).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal(rows, _checkout.Rows);
    }

    private static void WithNulls(string path)
    {
        var document = JsonNode.Parse(File.ReadAllText(path))!;
        Hollow(document);
        File.WriteAllText(path, document.ToJsonString());

        static void Hollow(JsonNode node)
        {
            if (node is JsonArray list)
                list.Add(null);
            foreach (var child in node is JsonArray array ? array.ToList() : node is JsonObject named ? [.. named.Select(item => item.Value)] : [])
            {
                if (child is not null)
                    Hollow(child);
            }

            if (node is JsonObject { Count: > 0 } last)
                last[last.Last().Key] = null;
        }
    }

    private async Task NothingToDoWhenReadOnlyAsync(string[] all)
    {
        // Root may write anywhere, so it becomes somebody else.
        var isRoot = Environment.IsPrivilegedProcess;
        using (var chmod = System.Diagnostics.Process.Start("chmod", ["-R", isRoot ? "a+rX" : "a-w", _checkout.Root]))
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);

        var ended = await CheckoutFixture.End(_checkout.StartBy($"exec {(isRoot ? Nobody : "")} \"$@\"", all));

        using (var chmod = System.Diagnostics.Process.Start("chmod", ["-R", "u+w", _checkout.Root]))
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (TestsAreHidden(ended))
            return;
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Contains("nothing changed", ended.Output, StringComparison.Ordinal);
    }

    private async Task OneLineWhenNothingCanBePrintedAsync(string[] args, string where)
    {
        var ended = await CheckoutFixture.End(_checkout.StartBy($"exec \"$@\" {where}", args));

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: standard output", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    // The tests themselves may lie where nobody else may read.
    private static bool TestsAreHidden(Ended ended) => Environment.IsPrivilegedProcess && ended.Errors.Contains("syscall-bench.dll", StringComparison.Ordinal);

    private IEnumerable<(string, string)> Rows() =>
        JsonNode.Parse(_checkout.Rows)!.AsArray().Where(row => (string?)row!["call"] == "scall").Select(row => ((string)row!["platform"]!, (string)row["status"]!)).Order();

    private string[] Files(string pattern, string platform) => Directory.GetFiles(_checkout.Path("eval", "raw", platform), pattern, SearchOption.AllDirectories);

    [GeneratedRegex("it went wrong")]
    private static partial Regex Cause();
}
