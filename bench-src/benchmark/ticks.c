/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdbool.h>

#include "syscalls.h"
#include "ticks.h"

#define ITIMER_PROF 2

/* Decades: it must never expire. */
#define FAR_AWAY 1000000000

struct itimerval {
	int64_t interval_seconds;
	int64_t interval_microseconds;
	int64_t seconds;
	int64_t microseconds;
};

static bool watching;

/*
 * The profiling timer runs down by what each tick adds to this process's user
 * or system time, so it stands still between ticks.
 */
void ticks_watch(void)
{
	struct itimerval timer = {.seconds = FAR_AWAY};

	watching = syscall3(NR_SETITIMER, ITIMER_PROF, as_arg(&timer), 0) == 0;
}

int64_t ticks_now(void)
{
	struct itimerval timer = {0};

	if (watching)
		syscall3(NR_GETITIMER, ITIMER_PROF, as_arg(&timer), 0);
	return timer.seconds * 1000000 + timer.microseconds;
}
