using System.Diagnostics;

namespace SyscallBench.Sources;

/// <summary>A folder that something else fills and tells nothing while it does; its size is all there is to see of how far that is.</summary>
/// <param name="folder">Absolute path; need not exist yet.</param>
internal sealed class GrowingFolder(string folder)
{
    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    private long _most;

    /// <summary>Time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until it is filled.</summary>
    /// <param name="filling">Fills it. Goes on by itself where this gives up.</param>
    /// <param name="deadline">Longest time to wait.</param>
    /// <param name="onBytes">Told how many bytes are there, now and then and once at the end; never fewer than before.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public async Task WaitAsync(Task filling, TimeSpan deadline, Action<long>? onBytes, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (await Task.WhenAny(filling, Task.Delay(Interval, cancellation)) != filling)
        {
            cancellation.ThrowIfCancellationRequested();
            if (watch.Elapsed >= deadline)
                throw new TimeoutException();
            onBytes?.Invoke(Bytes());
        }

        await filling;
        onBytes?.Invoke(Bytes());
    }

    private long Bytes()
    {
        try
        {
            _most = Math.Max(_most, new DirectoryInfo(folder).EnumerateFiles("*", _everything).Sum(file => file.Length));
        }
        catch (IOException)
        {
            // Not there yet, or a temporary file went while it was looked at: the next look sees it.
        }

        return _most;
    }
}
