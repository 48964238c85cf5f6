using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>Cake's configuration (file, environment, arguments) on top of the host's own settings.</summary>
internal sealed class Configuration(
    IEnumerable<CakeSetting> settings, IFileSystem fileSystem, ICakeEnvironment environment, IRemainingArguments arguments) : ICakeConfiguration
{
    private readonly ICakeConfiguration _configuration = new CakeConfigurationProvider(fileSystem, environment).CreateConfiguration(
        environment.WorkingDirectory,
        settings.GroupBy(setting => setting.Key).ToDictionary(group => group.Key, group => group.Last().Value),
        arguments.Parsed.ToDictionary(group => group.Key, group => group.FirstOrDefault() ?? string.Empty));

    public string GetValue(string key) => _configuration.GetValue(key);
}
