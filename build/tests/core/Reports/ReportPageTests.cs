using System.Text.Json.Nodes;
using SyscallBench.Tests.Browser;

namespace SyscallBench.Tests.Reports;

/// <summary>report.html in a real browser.</summary>
public sealed class ReportPageTests(ITestOutputHelper log) : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    /// <summary>Widths that the page promises, in both themes.</summary>
    private static readonly IReadOnlyList<(int Width, bool Dark)> _views = [(360, true), (768, false), (1440, true)];

    [Fact(Timeout = 300_000)]
    public async Task Should_Show_Every_Report_Whole_When_Narrow_Or_Wide_Light_Or_Dark()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "chromium is not installed (apt-get install chromium)");
        var cancellation = TestContext.Current.CancellationToken;
        await using var browser = await Chromium.StartAsync(cancellation);

        foreach (var (report, (width, dark)) in SampleReports.Names.SelectMany(_ => _views, (report, view) => (report, view)))
        {
            await browser.ShowAsync(Page(report), width, dark, cancellation);

            foreach (var open in (bool[])[false, true])
            {
                await browser.EvaluateAsync($"document.querySelectorAll('#path details').forEach(each => each.open = {(open ? "true" : "false")})", cancellation);
                var faults = await browser.EvaluateAsync(PageFaults.Script, cancellation);
                await KeepAsync(browser, $"{report}-{width}-{(dark ? "dark" : "light")}{(open ? "-open" : "")}.png", cancellation);

                Assert.True(faults is JsonArray { Count: 0 }, $"{report} at {width} pixels, dark {dark}, open {open}: {faults}");
            }
        }

        Assert.Empty(browser.Complaints);
    }

    [Fact(Timeout = 300_000)]
    public async Task Should_Reach_Links_And_Details_When_Only_A_Keyboard_Is_Used()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "chromium is not installed (apt-get install chromium)");
        var cancellation = TestContext.Current.CancellationToken;
        await using var browser = await Chromium.StartAsync(cancellation);
        await browser.ShowAsync(Page("kvm"), 360, dark: false, cancellation);
        var expected = await browser.EvaluateAsync("document.querySelectorAll('a, summary').length", cancellation);

        var reached = new List<string>();
        for (var tab = 0; tab < expected!.GetValue<int>(); tab++)
        {
            await browser.TabAsync(cancellation);
            reached.Add((await browser.EvaluateAsync("document.activeElement.outerHTML.slice(0, 80) + scrollY * 0", cancellation))!.GetValue<string>());
        }

        Assert.StartsWith("<a class=\"skip\"", reached[0], StringComparison.Ordinal);
        Assert.Equal(expected.GetValue<int>(), reached.Distinct().Count());
    }

    public void Dispose() => _workspace.Dispose();

    private string Page(string report) => _workspace.Write($"{report}.html", SampleReports.Export("report.html", SampleReports.Of(report)));

    /// <summary>Screenshots for a person to look at, when asked for.</summary>
    private async Task KeepAsync(Chromium browser, string name, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("SYSCALL_BENCH_SCREENSHOTS") is not { Length: > 0 } folder)
            return;

        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name), await browser.ScreenshotAsync(cancellation), cancellation);
        log.WriteLine(Path.Combine(folder, name));
    }
}
