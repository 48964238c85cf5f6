using SyscallBench.Model;

namespace SyscallBench.Fidelity;

/// <summary>Measures every cell in both kernels.</summary>
/// <param name="kernels">Boots a kernel for one cell.</param>
public sealed class FidelityGrid(IKernelProbe kernels)
{
    /// <summary>Boots at a time: instruction counts do not mind company.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Told after each boot how many are done, of how many.</summary>
    public Action<int, int>? OnProgress { get; init; }

    /// <param name="stock">Image of the distribution's kernel.</param>
    /// <param name="ours">Image of ours.</param>
    /// <param name="cancellation">Ends all boots.</param>
    /// <exception cref="UserError">A boot failed; the message says which.</exception>
    public async Task<IReadOnlyList<FidelityResult>> MeasureAsync(string stock, string ours, CancellationToken cancellation)
    {
        var boots = FidelityCell.All.SelectMany(cell => (Boot[])[new Boot(cell, stock), new Boot(cell, ours)]).ToArray();
        var counts = new InstructionCount[boots.Length];
        var done = 0;
        await System.Threading.Tasks.Parallel.ForAsync(
            0,
            boots.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            async (index, token) =>
            {
                counts[index] = await kernels.CountAsync(boots[index].Kernel, boots[index].Cell, token);
                OnProgress?.Invoke(Interlocked.Increment(ref done), boots.Length);
            });
        return [.. FidelityCell.All.Select((cell, index) => new FidelityResult(cell, counts[2 * index], counts[(2 * index) + 1]))];
    }

    private sealed record Boot(FidelityCell Cell, string Kernel);
}
