using SyscallBench.Sources;

namespace SyscallBench.Tests.Sources;

public sealed class RepositoryAddressTests
{
    private static readonly GitPin _pin = new("skuenzer", "unikraft", new string('1', 40));

    [Fact]
    public void Should_Use_GitHub_When_There_Is_No_Mirror()
    {
        var address = new RepositoryAddress(null);

        Assert.Equal("https://github.com/skuenzer/unikraft.git", address.Of(_pin));
        Assert.Equal(("github.com", 443), RepositoryAddress.EndpointOf(address.Of(_pin)));
    }

    [Theory]
    [InlineData("https://mirror.example.org/git/", "https://mirror.example.org/git/skuenzer/unikraft.git", "mirror.example.org", 443)]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/skuenzer/unikraft.git", "127.0.0.1", 8080)]
    [InlineData("git://mirror.example.org", "git://mirror.example.org/skuenzer/unikraft.git", "mirror.example.org", 9418)]
    [InlineData("ssh://git@mirror.example.org/srv", "ssh://git@mirror.example.org/srv/skuenzer/unikraft.git", "mirror.example.org", 22)]
    public void Should_Put_Owner_And_Repository_Behind_A_Url(string mirror, string expected, string host, int port)
    {
        var address = new RepositoryAddress(mirror);

        Assert.Equal(expected, address.Of(_pin));
        Assert.Equal((host, port), RepositoryAddress.EndpointOf(address.Of(_pin)));
    }

    [Theory]
    [InlineData("/srv/a mirror:2/x.git")]
    [InlineData("file:///srv/mirror/x.git")]
    public void Should_Probe_No_Network_When_It_Is_A_Path(string address) => Assert.Null(RepositoryAddress.EndpointOf(address));

    [Fact]
    public void Should_Know_The_Host_Of_An_Address_As_Ssh_Has_It() =>
        Assert.Equal(("mirror.example.org", 22), RepositoryAddress.EndpointOf("git@mirror.example.org:skuenzer/unikraft.git"));

    [Theory]
    [InlineData("/no/such/directory")]
    [InlineData("")]
    [InlineData("https://")]
    public void Should_Refuse_What_Is_Neither_A_Directory_Nor_A_Url(string mirror)
    {
        Assert.Throws<UsageError>(() => new RepositoryAddress(mirror));
    }
}
