using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SyscallBench.Model;

/// <summary>
/// How all our JSON files look: camelCase names, kebab-case enums, nulls written out, numbers so that they read back to the same bits.
/// </summary>
public static class JsonFormat
{
    private const long LargestFile = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // What older versions of this program remembered has names in another case.
        PropertyNameCaseInsensitive = true,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The files are read by people and programs, never pasted into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new IntervalConverter() },
    };

    public static string Serialize<T>(T document) => JsonSerializer.Serialize(document, _options) + "\n";

    /// <summary>Reads a file that says which schema it follows.</summary>
    /// <param name="remedy">What to do about a file that is missing or damaged.</param>
    /// <param name="older">An older schema, and what makes this one of it; default where there is none.</param>
    /// <exception cref="UserError">The file is missing, too large, no JSON (half a file, for example), holds null where a value has to be, or follows another schema.</exception>
    public static T Read<T>(string path, string schema, string remedy, (string Schema, Action<JsonObject> Upgrade) older = default)
    {
        var text = Encoding.UTF8.GetString(BoundedFile.Require(path, LargestFile, remedy)).TrimStart('\ufeff');
        try
        {
            // Before anything else is looked at: another version may have other types in the places we know.
            var document = JsonNode.Parse(text) as JsonObject;
            var found = document?["schema"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;
            if (document is null || found is null || (found != schema && found != older.Schema))
                throw new UserError($"{path} follows {(found is null ? "no schema" : $"the schema {SafeText.Escape(found, 80)}")}, and this program understands {schema}: {remedy}");

            if (found != schema)
            {
                older.Upgrade?.Invoke(document);
                document["schema"] = schema;
            }

            if (HasNullInList(document))
                throw new JsonException("a list holds null");
            return (found == schema ? JsonSerializer.Deserialize<T>(text, _options) : document.Deserialize<T>(_options)) ?? throw new JsonException("it is empty");
        }
        // A key that is there twice is found only when it is looked for, and is the ArgumentException.
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            var json = error as JsonException;
            var line = json?.LineNumber is { } number ? $":{number + 1}" : "";
            var field = json?.Path is ['$', '.', .. var name] ? $" in {SafeText.Escape(name, 80)}" : "";
            throw new UserError($"{path}{line} cannot be understood{field}: {SafeText.Escape(FirstSentence(error.Message))}; {remedy}", error);
        }
    }

    /// <summary>What this program remembered in a file; null where it is missing or damaged, which costs time and no more.</summary>
    public static T? Recall<T>(string path)
        where T : class
    {
        try
        {
            var document = JsonNode.Parse(BoundedFile.ReadAllBytes(path, LargestFile));
            return HasNullInList(document) ? null : document.Deserialize<T>(_options);
        }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static bool HasNullInList(JsonNode? node) => node switch
    {
        JsonArray list => list.Any(item => item is null || HasNullInList(item)),
        JsonObject named => named.Any(item => HasNullInList(item.Value)),
        _ => false,
    };

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? message.TrimEnd('.') : message[..end]).ReplaceLineEndings(" ");
    }
}

/// <summary>Writes an interval as <c>[low, high]</c>.</summary>
internal sealed class IntervalConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ends = JsonSerializer.Deserialize<double[]>(ref reader, options);
        return ends is [var low, var high] ? new Interval(low, high) : throw new JsonException("an interval is not [low, high]");
    }

    // One line a row is easier on the eye than four, and the writer's indentation cannot be switched off for a part.
    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.Serialize(new[] { value.Low, value.High }));
}
