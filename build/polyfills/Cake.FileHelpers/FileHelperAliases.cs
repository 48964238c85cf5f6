using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.FileHelpers;

/// <summary>Reads, writes and edits text files. Relative paths start at Cake's working directory.</summary>
public static class FileHelperAliases
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static string FileReadText(this ICakeContext context, FilePath file) =>
        File.ReadAllText(context.Absolute(file));

    public static string[] FileReadLines(this ICakeContext context, FilePath file) =>
        File.ReadAllLines(context.Absolute(file));

    public static void FileWriteText(this ICakeContext context, FilePath file, string text) =>
        context.FileWriteText(file, Utf8, text);

    public static void FileWriteText(this ICakeContext context, FilePath file, Encoding encoding, string text) =>
        File.WriteAllText(context.Absolute(file), text, encoding);

    public static void FileWriteLines(this ICakeContext context, FilePath file, string[] lines) =>
        File.WriteAllLines(context.Absolute(file), lines, Utf8);

    public static void FileAppendText(this ICakeContext context, FilePath file, string text) =>
        File.AppendAllText(context.Absolute(file), text, Utf8);

    public static void FileAppendLines(this ICakeContext context, FilePath file, string[] lines) =>
        File.AppendAllLines(context.Absolute(file), lines, Utf8);

    /// <summary>Replaces <paramref name="findText"/> in every file that matches.</summary>
    /// <returns>The files that changed.</returns>
    public static FilePath[] ReplaceTextInFiles(this ICakeContext context, string globberPattern, string findText, string replaceText)
    {
        ArgumentNullException.ThrowIfNull(context);
        return [.. context.Globber.GetFiles(globberPattern).Where(file => Replace(context.Absolute(file), findText, replaceText))];
    }

    private static bool Replace(string path, string findText, string replaceText)
    {
        var before = File.ReadAllText(path);
        var after = before.Replace(findText, replaceText, StringComparison.Ordinal);
        if (after == before)
            return false;
        File.WriteAllText(path, after, Utf8);
        return true;
    }

    private static string Absolute(this ICakeContext context, FilePath file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        return file.MakeAbsolute(context.Environment).FullPath;
    }
}
