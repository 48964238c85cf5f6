/* SPDX-License-Identifier: BSD-3-Clause */
#include "measure.h"
#include "loops.h"
#include "steal.h"
#include "switches.h"
#include "syscalls.h"
#include "ticks.h"

/* mknod(2) of /dev/null: character device 1:3. */
#define S_IFCHR	       0020000
#define NULL_DEVICE_ID 0x103

/* Regions of a round, as bits. */
#define IN_TSC	 1u
#define IN_EMPTY 2u
#define IN_SCALL 4u
#define IN_FCALL 8u
#define IN_ALL	 (IN_TSC | IN_EMPTY | IN_SCALL | IN_FCALL)

typedef void (*timed_loop)(uint64_t iters, int64_t nr, uint32_t selector,
			   struct timed *out);

/* Kept until everything is timed, so that nothing is printed between. */
static struct round rounds[MAX_ROUNDS];

/* Of the measured call. */
static int64_t arguments[MAX_ARGUMENTS];
static char buffer[64];

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
	if (run->args->expect_success && (returned >= 0 || returned < -4095))
		return;
	if (!run->args->expect_any)
		check_return(run, returned, run->args->expect);
}

/*
 * The difference of the clock, with `region` set in what the round says came
 * into it. An interrupt has two signs: the selector changed, or the kernel
 * handled a tick, which it can do without returning to user mode.
 */
static uint64_t time_one(struct run *run, timed_loop loop, unsigned int region,
			 struct round *round, struct timed *timed)
{
	int64_t switches = switches_now();
	int64_t tick = ticks_now();
	int i;

	for (i = 0; i < MAX_ARGUMENTS; i++)
		timed->arguments[i] = arguments[i];
	loop((uint64_t)run->args->iters, run->args->nr, run->selector, timed);
	if (timed->end < timed->start)
		run->backwards = true;
	if (timed->selector != run->selector || ticks_now() != tick)
		round->interrupted |= region;
	if (switches_now() != switches)
		round->switched |= region;
	if (timed->cpu_after != timed->cpu_before)
		round->moved |= region;
	return timed->end - timed->start;
}

static void time_round(struct run *run, struct round *round)
{
	/* No table of them: it would need relocations. */
	bool with = run->args->arguments_text != NULL;
	timed_loop tsc = with ? time_tsc_with : time_tsc;
	timed_loop empty = with ? time_empty_with : time_empty;
	timed_loop fcall = with ? time_fcall_with : time_fcall;
	timed_loop scall = with ? time_scall_with : time_scall;
	struct timed timed;

	if (run->args->via_function)
		scall = with ? time_scall_function_with : time_scall_function;

	*round = (struct round){0};
	round->tsc = time_one(run, tsc, IN_TSC, round, &timed);
	round->empty = time_one(run, empty, IN_EMPTY, round, &timed);
	round->scall = time_one(run, scall, IN_SCALL, round, &timed);
	check_scall(run, timed.last);
	round->fcall = time_one(run, fcall, IN_FCALL, round, &timed);
	check_return(run, timed.last, NOOP_RETURNS);

	/* It is accounted with ticks, too coarsely to ask in each region. */
	if (steal_came())
		round->stolen = IN_ALL;
}

/* A program that is PID 1 finds no devices, and makes its own. */
static int64_t open_null_device(void)
{
	int64_t fd = sys_open("/dev/null", O_RDWR);

	if (fd >= 0)
		return fd;
	syscall3(NR_MKDIR, as_arg("/dev"), 0755, 0);
	syscall3(NR_MKNOD, as_arg("/dev/null"), S_IFCHR | 0666, NULL_DEVICE_ID);
	return sys_open("/dev/null", O_RDWR);
}

bool measure_prepare(const struct args *args)
{
	int i;

	for (i = 0; i < MAX_ARGUMENTS; i++) {
		const struct argument *from = &args->arguments[i];

		if (from->kind == NULL_DEVICE)
			arguments[i] = open_null_device();
		else if (from->kind == BUFFER)
			arguments[i] = as_arg(buffer);
		else
			arguments[i] = from->number;
		if (from->kind == NULL_DEVICE && arguments[i] < 0)
			return false;
	}
	return true;
}

void measure_try(struct run *run)
{
	check_scall(run, syscall3(run->args->nr, arguments[0], arguments[1],
				  arguments[2]));
}

void measure_rounds(struct run *run)
{
	int64_t i;

	/* What came before does not count. */
	steal_came();
	/* Later rounds overwrite what the warm-up left in the first. */
	for (i = 0; i < run->args->warmup; i++)
		time_round(run, &rounds[0]);
	for (i = 0; i < run->args->rounds; i++)
		time_round(run, &rounds[i]);
}

const struct round *measure_round(int64_t n)
{
	return &rounds[n];
}
