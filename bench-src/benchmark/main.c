/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measures a system call that does nothing, a function call that does nothing,
 * the bare loop and the clock, round by round, and says so in records. Needs
 * no libc, and of the kernel below it only write and exit, unless it is told
 * that this is Linux.
 */
#include "args.h"
#include "cpu.h"
#include "guest_state.h"
#include "measure.h"
#include "protocol.h"
#include "steal.h"
#include "switches.h"
#include "syscalls.h"
#include "ticks.h"

static void send_begin(const struct args *args)
{
	record_start("begin");
	record_i64("rounds", args->rounds);
	record_i64("iters", args->iters);
	record_i64("warmup", args->warmup);
	record_i64("nr", args->nr);
	if (args->expect_any)
		record_text("expect", "any");
	else if (args->expect_success)
		record_text("expect", "success");
	else if (args->expect < 0)
		record_i64("expect", args->expect);
	else
		record_hex("expect", (uint64_t)args->expect);
	record_text("via", args->via_function ? "function" : "loop");
	if (args->arguments_text)
		record_text("args", args->arguments_text);
	record_send();
}

static void send_cpu(const struct cpu *cpu)
{
	record_start("cpu");
	record_text("vendor", cpu->vendor);
	record_text("model", cpu->model);
	record_dotted("family", cpu->family, cpu->model_number);
	record_u64("stepping", cpu->stepping);
	record_text("hypervisor", cpu->hypervisor);
	record_send();
}

static void send_clock(const struct cpu *cpu)
{
	const char *source = "none";

	if (cpu->tsc_khz != 0)
		source = cpu->khz_of_hypervisor ? "hypervisor" : "cpuid";
	record_start("clock");
	record_u64("khz", cpu->tsc_khz);
	record_text("source", source);
	record_u64("invariant", cpu->invariant);
	record_u64("rdtscp", cpu->rdtscp);
	record_send();
}

/* What this program can see of what comes into a region. */
struct sight {
	bool interrupts;
	bool switches;
	bool moves;
	bool steal;
};

static struct sight watch(const struct args *args, const struct cpu *cpu)
{
	/* IRET tells nothing to a program in ring 0, and ERETU to none. */
	struct sight sight = {.interrupts = cpu_ring() != 0 && !cpu->fred};

	if (args->watch_linux) {
		ticks_watch();
		sight.switches = switches_watch();
		sight.moves = true;
		sight.steal = steal_watch();
	}
	return sight;
}

static void send_regions(const char *key, bool seen, unsigned int regions)
{
	if (seen)
		record_u64(key, regions);
	else
		record_text(key, "-");
}

static void send_round(int64_t n, const struct round *round,
		       const struct sight *sight)
{
	record_start("round");
	record_i64("n", n);
	record_u64("tsc", round->tsc);
	record_u64("empty", round->empty);
	record_u64("scall", round->scall);
	record_u64("fcall", round->fcall);
	/* What the kernel's ticks say is known in any case. */
	send_regions("interrupted", sight->interrupts || round->interrupted,
		     round->interrupted);
	send_regions("switched", sight->switches, round->switched);
	send_regions("moved", sight->moves, round->moved);
	send_regions("stolen", sight->steal, round->stolen);
	record_send();
}

static __attribute__((noreturn)) void finish(int64_t sent, int status)
{
	record_start("end");
	record_u64("records", record_count() + 1);
	record_i64("rounds", sent);
	record_i64("status", status);
	record_send();
	sys_exit(status);
}

static __attribute__((noreturn)) void fail(const char *what)
{
	record_start("error");
	record_text("what", what);
	record_send();
	finish(0, 1);
}

static __attribute__((noreturn)) void fail_argument(const char *argument)
{
	record_start("error");
	record_text("what", "bad-argument");
	record_text("value", argument);
	record_send();
	finish(0, 1);
}

static void stop_if_wrong_return(const struct run *run)
{
	if (!run->wrong_return)
		return;
	record_start("error");
	record_text("what", "noop-returned");
	record_i64("value", run->returned);
	if (run->args->expect_success)
		record_text("expected", "success");
	else
		record_i64("expected", run->expected);
	record_send();
	finish(0, 1);
}

__attribute__((noreturn)) void benchmark_main(int64_t *stack);

/* `stack` is where the loader left argc and argv. */
void benchmark_main(int64_t *stack)
{
	int count = (int)stack[0];
	char *const *argv = (char *const *)(stack + 1);
	struct args args;
	struct cpu cpu;
	const char *bad;
	int64_t i;

	bad = args_read(count > 0 ? count - 1 : 0, argv + 1, &args);
	if (bad)
		fail_argument(bad);

	send_begin(&args);
	cpu_read(&cpu);
	send_cpu(&cpu);
	send_clock(&cpu);
	if (args.state_linux)
		guest_state_send();
	if (!cpu.tsc || !cpu.rdtscp)
		fail("no-tsc");

	const struct sight sight = watch(&args, &cpu);
	/* Null, and RPL 1 where IRET can show: loops.S, "Interrupts". */
	struct run run = {.args = &args, .selector = sight.interrupts ? 1 : 0};

	if (!measure_prepare(&args))
		fail("no-null-device");
	measure_try(&run);
	stop_if_wrong_return(&run);
	measure_rounds(&run);
	stop_if_wrong_return(&run);
	if (run.backwards)
		fail("clock-backwards");

	for (i = 0; i < args.rounds; i++)
		send_round(i, measure_round(i), &sight);
	finish(args.rounds, 0);
}
