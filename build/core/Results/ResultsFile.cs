using System.Text.Json;
using System.Text.Json.Nodes;
using SyscallBench.Steps;

namespace SyscallBench.Results;

public static class ResultsFile
{
    private const string FirstSchema = "syscall-bench/results/v1";
    private const string Remedy = "run --target=Process to make one";

    public static void Write(string path, ResultsDocument document) => AtomicFile.Write(path, JsonFormat.Serialize(document));

    /// <summary>Reads a document; one of the first version as if it were of this one.</summary>
    /// <exception cref="UserError">The file is missing, too large, unreadable, half written by something else, or of another version.</exception>
    public static ResultsDocument Read(string path)
    {
        var document = JsonFormat.Read<ResultsDocument>(path, ResultsDocument.CurrentSchema, Remedy, (FirstSchema, Upgrade));
        var provenance = document.Provenance;
        var isWhole = provenance.Guests.Values.All(guest => guest is not null && guest.Values.All(value => value is not null))
            && provenance.Clocks.Values.All(clock => clock is not null)
            && new[] { provenance.Host, provenance.Tools, provenance.Pins, provenance.Hashes }.Concat(document.Settings.Select(setting => setting.Hashes))
                .All(facts => facts.Values.All(value => value is not null));
        return isWhole ? document : throw new UserError($"{path} cannot be understood: a fact in its provenance is null; {Remedy}");
    }

    // The first version had one setting, which it did not name, and made no call but the noop.
    private static void Upgrade(JsonObject document)
    {
        const string Name = "v1";
        var provenance = document["provenance"] as JsonObject;
        document["settings"] = new JsonArray(new JsonObject
        {
            ["name"] = Name,
            ["machine"] = (provenance?["host"] as JsonObject)?["cpu"]?.DeepClone() ?? "not known",
            ["accelerator"] = document["accelerator"]?.DeepClone(),
            ["cpu"] = provenance?["guestCpu"]?.DeepClone(),
            ["rounds"] = provenance?["rounds"]?.DeepClone() ?? 0,
            ["iterations"] = provenance?["iterations"]?.DeepClone() ?? 0,
            ["warmup"] = provenance?["warmup"]?.DeepClone() ?? 0,
            ["hashes"] = provenance?["hashes"]?.DeepClone() ?? new JsonObject(),
        });
        foreach (var row in (document["rows"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Rename(row, "spoilt", "disturbed");
            Rename(row, "spoiltBy", "disturbedBy");
            if (row["status"]?.GetValueKind() != JsonValueKind.String || row["status"]!.GetValue<string>() != "measured")
                continue;
            row["setting"] = Name;
            row["syscall"] = Syscalls.Name(Syscalls.Noop);
        }
    }

    private static void Rename(JsonObject row, string before, string now)
    {
        if (!row.TryGetPropertyValue(before, out var value))
            return;
        row.Remove(before);
        row[now] = value;
    }
}
