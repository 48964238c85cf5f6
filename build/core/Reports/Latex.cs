using System.Text;

namespace SyscallBench.Reports;

/// <summary>Text inside LaTeX.</summary>
public static class Latex
{
    /// <summary>The text as it is: none of LaTeX's ten special characters keeps its meaning.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => escaped.Append('\\').Append(character),
                '~' => escaped.Append("\\textasciitilde{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '\\' => escaped.Append("\\textbackslash{}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
