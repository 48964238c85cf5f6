using System.Text.Json;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Fleet;

/// <summary>Merge: the results of many machines as one document, with a setting for each machine and one report. No number is computed anew.</summary>
public sealed class ResultsMerge(string target, IReadOnlyList<MachineFolder> machines, ProvenanceReader author, IReadOnlyList<string> commandLine)
{
    private const long LargestDoctor = 1024 * 1024;
    private const int MostNamed = 3;

    /// <exception cref="UserError">A file cannot be understood, a machine is there twice, no machine has results, or the disk refuses.</exception>
    public ResultsDocument Run(CancellationToken cancellation)
    {
        if (machines.GroupBy(machine => machine.Machine).FirstOrDefault(same => same.Count() > 1)?.ToList() is { } twice)
            throw new UserError($"two results of one machine, {twice[0].Machine}: {twice[0].ResultsFile} and {twice[1].ResultsFile}; rename a folder, or leave one out");

        var read = machines.Select(machine => new Part(machine, machine.HasResults ? Baselines.Read(machine.ResultsFile) : null)).ToList();
        if (read.FirstOrDefault(part => part.Document is { Machines.Count: > 0 }) is { } merged)
            throw new UserError($"{merged.Folder.ResultsFile} is merged already: give the machines' own results");
        if (read.Where(part => part.Document is not null).MaxBy(part => part.Document!.Provenance.Started) is not { } newest)
            throw new UserError($"no machine has results yet; {read[0].Folder.Machine}: {read[0].Folder.Reason}");

        var parts = read.Select(part => part with { Refusal = part.Document is null ? null : WhyOther(newest, part.Document) }).ToList();
        var document = Merge(parts, newest.Document!);
        new ResultsFolder(target).Write(new Report(document, []), Exporter.All, cancellation);
        return document;
    }

    /// <summary>Numbers of other images answer another question; what one of them did not boot does not matter. Whoever measures again wants the new images' numbers.</summary>
    private static string? WhyOther(Part newest, ResultsDocument other) => other.Provenance.Hashes
        .Where(image => newest.Document!.Provenance.Hashes.TryGetValue(image.Key, out var hash) && hash != image.Value)
        .Select(image => $"it booted another {SafeText.Escape(image.Key)} than {newest.Name}, which was measured last, so its numbers are left out")
        .FirstOrDefault();

    private ResultsDocument Merge(IReadOnlyList<Part> parts, ResultsDocument newest)
    {
        var used = parts.Where(part => part is { Document: not null, Refusal: null }).ToList();
        var units = used.Select(part => part.Document!.Unit).ToList();
        return new ResultsDocument
        {
            // Where some machines could use KVM and others not, what they have in common is that each says for itself.
            Accelerator = string.Join('+', used.Select(part => part.Document!.Accelerator).Distinct().Order(StringComparer.Ordinal)),
            Unit = units.Contains(Unit.Cycles) ? Unit.Cycles : units[0],
            Settings = [.. used.SelectMany(part => part.Settings())],
            Described = used.SelectMany(part => part.Document!.Described).DistinctBy(platform => platform.Key).ToDictionary(),
            // One platform on all machines, then the next: that is what people compare.
            Rows = [.. used.SelectMany(part => part.Document!.Rows.Select(row => row with { Setting = part.Renamed(row.Setting) })).GroupBy(row => row.Platform).SelectMany(platform => platform)],
            Ratios =
            [
                .. from part in used
                   from ratio in part.Document!.Ratios
                   select ratio with { Setting = part.Renamed(ratio.Setting), BaseSetting = part.Renamed(ratio.BaseSetting) },
            ],
            Machines = [.. parts.Select(part => part.Machine())],
            Findings = Findings(used),
            Provenance = newest.Provenance with
            {
                Version = author.Program,
                Commit = author.Commit(),
                Started = used.Min(part => part.Document!.Provenance.Started),
                CommandLine = commandLine,
                AcceleratorReason = "each machine's own; see Machines",
                GuestCpu = string.Join(", ", used.Select(part => part.Document!.Provenance.GuestCpu).Distinct()),
                // Those are each machine's own, too.
                Host = new Dictionary<string, string>(),
                Tools = new Dictionary<string, string>(),
                Guests = Facts(used, provenance => provenance.Guests),
                Clocks = Facts(used, provenance => provenance.Clocks),
                Hashes = used.SelectMany(part => part.Document!.Provenance.Hashes).DistinctBy(image => image.Key).ToDictionary(),
            },
        };
    }

    /// <summary>What was noticed on several machines is said once.</summary>
    private static IReadOnlyList<Finding> Findings(IReadOnlyList<Part> parts) =>
    [
        .. from part in parts
           from finding in part.Document!.Findings
           where finding.Severity > Severity.Info
           group part.Name by finding into same
           select same.Key with { Subject = $"{Names([.. same.Distinct()])}: {same.Key.Subject}" },
    ];

    private static string Names(IReadOnlyList<string> machines) => machines.Count <= MostNamed + 1
        ? string.Join(", ", machines)
        : $"{string.Join(", ", machines.Take(MostNamed))} and {Readable.Count(machines.Count - MostNamed, "other machine")}";

    /// <summary>What is known of each guest, under the name that a row of the merged document finds it by.</summary>
    private static Dictionary<string, T> Facts<T>(IReadOnlyList<Part> parts, Func<Provenance, IReadOnlyDictionary<string, T>> of)
        where T : class
    {
        var known = from part in parts
                    from row in part.Document!.Rows
                    where row.Setting is not null
                    let fact = Provenance.Find(of(part.Document!.Provenance), row)
                    where fact is not null
                    select (Name: $"{row.Platform}/{part.Renamed(row.Setting)}", Fact: fact);
        return known.DistinctBy(fact => fact.Name).ToDictionary(fact => fact.Name, fact => fact.Fact);
    }

    /// <summary>One machine's share.</summary>
    /// <param name="Refusal">Why its numbers are left out; null where they are not.</param>
    private sealed record Part(MachineFolder Folder, ResultsDocument? Document, string? Refusal = null)
    {
        public string Name => SafeText.Escape(Folder.Machine, 80);

        // Rows that were not measured have no setting: they get the machine's name as theirs.
        public IEnumerable<ResultSetting> Settings() => Document!.Settings.Select(setting => setting with { Name = Renamed(setting.Name), Machine = Name })
            .Concat(Document.Rows.Any(row => row.Setting is null) ? [new ResultSetting { Name = Name, Machine = Name }] : []);

        /// <summary>A setting's name in the merged document.</summary>
        public string Renamed(string? setting) => setting is null ? Name : $"{Name}/{setting}";

        public MachineResults Machine() => Document is null || Refusal is not null
            ? new MachineResults { Name = Name, Reason = Refusal ?? Folder.Reason }
            : new MachineResults
            {
                Name = Name,
                Reason = Folder.Reason,
                Provenance = Document.Provenance,
                Grade = Grade(Document.Unit == Unit.Cycles ? "kvm" : "tcg"),
                Paper = [.. PaperVerdict.Of(Document).Select(verdict => new MachineVerdict(verdict.Claim.Name, verdict.Measured?.Value, verdict.Outcome, verdict.Reason))],
            };

        // Doctor's JSON is read as far as it is needed; a machine that nobody examined has none.
        private string? Grade(string measurement)
        {
            try
            {
                using var doctor = JsonDocument.Parse(BoundedFile.ReadAllBytes(Path.Combine(Folder.Path, "doctor.json"), LargestDoctor));
                return doctor.RootElement.GetProperty("grades").GetProperty(measurement).GetString() is { } grade ? SafeText.Escape(grade, 40) : null;
            }
            catch (Exception none) when (none is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
