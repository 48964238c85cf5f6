using System.Text;

namespace SyscallBench.Reports;

/// <summary>Text inside GitHub-flavoured Markdown.</summary>
public static class Markdown
{
    /// <summary>The text as it is: nothing in it becomes markup or ends a table's cell.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\r' or '\n' => escaped.Append(' '),
                '<' => escaped.Append("&lt;"),
                '|' or '*' or '_' or '`' or '\\' or '[' or ']' => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
