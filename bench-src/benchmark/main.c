/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measures a system call that does nothing, a function call that does nothing,
 * the bare loop and the clock, round by round, and says so in records. Needs
 * no libc, and of the kernel below it only write and exit.
 */
#include "args.h"
#include "cpu.h"
#include "guest_state.h"
#include "loops.h"
#include "protocol.h"
#include "syscalls.h"

/* Bits of a round's `interrupted`. */
#define IN_TSC	 1u
#define IN_EMPTY 2u
#define IN_SCALL 4u
#define IN_FCALL 8u

struct round {
	uint64_t tsc;
	uint64_t empty;
	uint64_t scall;
	uint64_t fcall;
	unsigned int interrupted;
};

/* What all rounds have in common, and what went wrong in any of them. */
struct run {
	const struct args *args;
	uint32_t selector;
	bool backwards;
	bool wrong_return;
	int64_t returned;
	int64_t expected;
};

/* Kept until everything is timed, so that nothing is printed between. */
static struct round rounds[MAX_ROUNDS];

typedef void (*timed_loop)(uint64_t iters, int64_t nr, uint32_t selector,
			   struct timed *out);

static void check_return(struct run *run, int64_t returned, int64_t expected)
{
	if (returned == expected || run->wrong_return)
		return;
	run->wrong_return = true;
	run->returned = returned;
	run->expected = expected;
}

static void check_scall(struct run *run, int64_t returned)
{
	if (!run->args->expect_any)
		check_return(run, returned, run->args->expect);
}

/* The difference of the clock; sets `bit` when an interrupt came meanwhile. */
static uint64_t time_one(struct run *run, timed_loop loop, unsigned int bit,
			 struct timed *timed, unsigned int *interrupted)
{
	loop((uint64_t)run->args->iters, run->args->nr, run->selector, timed);
	if (timed->end < timed->start)
		run->backwards = true;
	if (timed->selector != run->selector)
		*interrupted |= bit;
	return timed->end - timed->start;
}

static void time_round(struct run *run, struct round *round)
{
	unsigned int interrupted = 0;
	struct timed timed;

	round->tsc = time_one(run, time_tsc, IN_TSC, &timed, &interrupted);
	round->empty =
		time_one(run, time_empty, IN_EMPTY, &timed, &interrupted);
	round->scall =
		time_one(run, time_scall, IN_SCALL, &timed, &interrupted);
	check_scall(run, timed.last);
	round->fcall =
		time_one(run, time_fcall, IN_FCALL, &timed, &interrupted);
	check_return(run, timed.last, NOOP_RETURNS);
	round->interrupted = interrupted;
}

static void measure(struct run *run)
{
	int64_t i;

	/* Later rounds overwrite what the warm-up left in the first. */
	for (i = 0; i < run->args->warmup; i++)
		time_round(run, &rounds[0]);
	for (i = 0; i < run->args->rounds; i++)
		time_round(run, &rounds[i]);
}

static void send_begin(const struct args *args)
{
	record_start("begin");
	record_i64("rounds", args->rounds);
	record_i64("iters", args->iters);
	record_i64("warmup", args->warmup);
	record_i64("nr", args->nr);
	if (args->expect_any)
		record_text("expect", "any");
	else if (args->expect < 0)
		record_i64("expect", args->expect);
	else
		record_hex("expect", (uint64_t)args->expect);
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

static void send_round(int64_t n, const struct round *round, bool interrupts)
{
	record_start("round");
	record_i64("n", n);
	record_u64("tsc", round->tsc);
	record_u64("empty", round->empty);
	record_u64("scall", round->scall);
	record_u64("fcall", round->fcall);
	if (interrupts)
		record_u64("interrupted", round->interrupted);
	else
		record_text("interrupted", "-");
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
	record_i64("expected", run->expected);
	record_send();
	finish(0, 1);
}

__attribute__((noreturn)) void benchmark_main(int64_t *stack);

/* `stack` is where the loader left argc and argv. */
void benchmark_main(int64_t *stack)
{
	bool user_mode = cpu_ring() != 0;
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

	/* Null, and RPL 1 where IRET can show: loops.S, "Interrupts". */
	struct run run = {.args = &args, .selector = user_mode ? 1 : 0};

	check_scall(&run, syscall3(args.nr, 0, 0, 0));
	stop_if_wrong_return(&run);
	measure(&run);
	stop_if_wrong_return(&run);
	if (run.backwards)
		fail("clock-backwards");

	for (i = 0; i < args.rounds; i++)
		send_round(i, &rounds[i], user_mode);
	finish(args.rounds, 0);
}
