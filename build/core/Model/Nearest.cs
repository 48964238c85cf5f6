namespace SyscallBench.Model;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
public static class Nearest
{
    /// <summary>Mistakes (a letter too many, missing or wrong) up to which two words are taken for the same.</summary>
    private const int Tolerance = 2;

    private const int MostSuggestions = 3;

    /// <summary><c> (did you mean X?)</c>, or a few of them, or nothing where no word is near.</summary>
    public static string Suggest(string typed, IEnumerable<string> words)
    {
        var near = words
            .Select(word => (Word: word, Mistakes: Mistakes(typed.ToUpperInvariant(), word.ToUpperInvariant())))
            .Where(candidate => candidate.Mistakes <= Tolerance)
            .OrderBy(candidate => candidate.Mistakes)
            .Take(MostSuggestions)
            .Select(candidate => candidate.Word)
            .ToList();
        return near.Count == 0 ? string.Empty : $" (did you mean {string.Join(" or ", near)}?)";
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
