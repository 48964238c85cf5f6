using System.Reflection;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Docker;

/// <summary>Turns settings into arguments: every property that is set, inherited ones too (<c>ToolTimeout</c>), in the order of declaration, strings quoted.</summary>
internal static class SettingsArguments
{
    public static void AppendSettings(this ProcessArgumentBuilder builder, AutoToolSettings settings)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var option = "--" + OptionName(property.Name);
            switch (property.GetValue(settings))
            {
                case true:
                    builder.Append(option);
                    break;
                case TimeSpan time:
                    builder.Append($"{option} {(int)time.TotalHours}h{time.Minutes}m{time.Seconds}s");
                    break;
                case string { Length: > 0 } text:
                    builder.Append(option).AppendQuoted(text);
                    break;
                case string[] texts:
                    foreach (var text in texts)
                        builder.Append(option).AppendQuoted(text);
                    break;
            }
        }
    }

    // NoCache -> no-cache
    private static string OptionName(string property) =>
        string.Concat(property.Select((letter, index) =>
            char.IsUpper(letter) && index > 0 ? "-" + char.ToLower(letter, CultureInfo.InvariantCulture)
            : char.ToLower(letter, CultureInfo.InvariantCulture).ToString()));
}
