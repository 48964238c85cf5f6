using SyscallBench.Fidelity;
using SyscallBench.Sources;

namespace SyscallBench.Tests.Fidelity;

public sealed class KernelComparisonTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly string _stock;
    private readonly string _ours;
    private int _boots;
    private string _arguments = "-accel tcg";

    public KernelComparisonTests()
    {
        _stock = _files.Write("artifacts/images/linux-stock-6.1/vmlinuz", "stock");
        _ours = _files.Write("artifacts/images/linux-debian-6.1/bzImage", "ours");
        _files.Write("artifacts/images/initramfs.cpio", "");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Boot_Both_Kernels_For_Every_Cell()
    {
        var progress = new List<int>();

        var report = await CompareAsync(progress);

        Assert.Equal(2 * FidelityCell.For("6.1").Count, _boots);
        Assert.Equal(Enumerable.Range(1, _boots), progress.Order());
        Assert.Equal(FidelityCell.For("6.1"), report.Cells.Select(result => result.Cell));
        Assert.All(report.Cells, result => Assert.Equal((result.Number, result.Number + 1), (result.Stock.Net, result.Ours.Net)));
        Assert.Equal(("linux-image 6.1", "linux-source 6.1"), (report.Stock, report.Ours));
    }

    [Fact]
    public async Task Should_Boot_Nothing_When_Nothing_Changed()
    {
        var first = await CompareAsync();
        _boots = 0;

        var second = await CompareAsync();

        Assert.Equal(0, _boots);
        Assert.Equal(first.Cells, second.Cells);
    }

    [Fact]
    public async Task Should_Boot_Again_When_The_Kernel_Or_The_Boot_Changed()
    {
        await CompareAsync();
        File.WriteAllText(_ours, "another");
        await CompareAsync();
        _arguments = "-accel tcg -icount shift=0";

        await CompareAsync();

        Assert.Equal(3 * 2 * FidelityCell.For("6.1").Count, _boots);
    }

    private Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _boots);
        double net = cell.Number + (kernel == _ours ? 1 : 0);
        return Task.FromResult(new InstructionCount(net + 3, net, 5, 5));
    }

    private async Task<FidelityReport> CompareAsync(List<int>? progress = null)
    {
        var comparison = new KernelComparison(_files.Workspace, _ => _arguments, CountAsync)
        {
            OnProgress = (done, _) =>
            {
                lock (_files)
                    progress?.Add(done);
            },
        };
        var (_, report) = await comparison.RunAsync(
            new ComparedKernels(new StockKernel("linux-image", "6.1", _stock), "linux-source 6.1", _ours, "6.1"), "7.2", TestContext.Current.CancellationToken);
        return report;
    }
}
