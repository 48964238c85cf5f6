namespace SyscallBench.Tests.Browser;

/// <summary>The check itself, on a page with every fault that it looks for.</summary>
public sealed class PageFaultsTests
{
    private const string BadPage = """
        <!DOCTYPE html><meta charset="utf-8"><title>bad</title>
        <h1 id="twice">One</h1><h1 id="twice">Two</h1>
        <p style="color: #aaa">pale</p><a href="#nowhere">nowhere</a>
        <div style="width: 500px">wide</div>
        <p style="width: 3em; overflow: hidden; white-space: nowrap">much too long for its box</p>
        """;

    [Fact(Timeout = 300_000)]
    public async Task Should_Find_Each_Fault_When_A_Page_Has_Them()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "chromium is not installed (apt-get install chromium)");
        var cancellation = TestContext.Current.CancellationToken;
        using var workspace = new TemporaryWorkspace();
        await using var browser = await Chromium.StartAsync(cancellation);

        await browser.ShowAsync(workspace.Write("bad.html", BadPage), 360, dark: false, cancellation);
        var faults = (await browser.EvaluateAsync(PageFaults.Script, cancellation))!.ToJsonString();

        foreach (var fault in (string[])["px wide", "reaches from", "is cut", "has contrast", "leads nowhere", "used twice", "not exactly one h1", "no language"])
            Assert.Contains(fault, faults, StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task Should_Hear_Complaints_When_A_Page_Throws_Or_Uses_The_Network()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "chromium is not installed (apt-get install chromium)");
        var cancellation = TestContext.Current.CancellationToken;
        using var workspace = new TemporaryWorkspace();
        await using var browser = await Chromium.StartAsync(cancellation);

        await browser.ShowAsync(workspace.Write("loud.html", "<script>console.error('loud'); fetch('http://127.0.0.1:1/x').catch(() => {}); throw new Error('thrown')</script>"), 360, dark: false, cancellation);
        await browser.EvaluateAsync("1", cancellation);

        var complaints = string.Join('\n', browser.Complaints);
        foreach (var complaint in (string[])["loud", "thrown", "127.0.0.1:1"])
            Assert.Contains(complaint, complaints, StringComparison.Ordinal);
    }
}
