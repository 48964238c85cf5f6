namespace SyscallBench.Build.Options;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
public static class Nearest
{
    /// <summary>Mistakes (a letter too many, missing or wrong) up to which two words are taken for the same.</summary>
    private const int Tolerance = 2;

    /// <summary><c> (did you mean X?)</c>, or nothing where no word is near.</summary>
    public static string Suggest(string typed, IEnumerable<string> words)
    {
        var nearest = words
            .Select(word => (Word: word, Mistakes: Mistakes(typed.ToUpperInvariant(), word.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Mistakes)
            .FirstOrDefault(candidate => candidate.Mistakes <= Tolerance);
        return nearest.Word is null ? string.Empty : $" (did you mean {nearest.Word}?)";
    }

    // Levenshtein's distance, one row of its table at a time.
    private static int Mistakes(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
