/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include "cpu.h"
#include "steal.h"
#include "syscalls.h"
#include "text.h"

/* Which number of a CPU's line: proc(5), /proc/stat. */
#define STEAL 8

#define UNKNOWN -1

/* The lines of more than 500 CPUs. */
static char stat[64 * 1024];
static int64_t file;
static bool watching;

/* The number at `*text`, which is left behind it. */
static int64_t take_number(const char **text)
{
	int64_t number = 0;

	while (**text == ' ')
		(*text)++;
	for (; **text >= '0' && **text <= '9'; (*text)++)
		number = number * 10 + (**text - '0');
	return number;
}

static const char *next_line(const char *text)
{
	while (*text != '\0' && *text++ != '\n')
		;
	return text;
}

/* Other CPUs' time does not matter: where many share, it never stands still. */
static int64_t steal_of(uint32_t cpu)
{
	const char *text = stat;

	/* The first line, which has no number, is all of them together. */
	while ((text = text_after(next_line(text), "cpu"))) {
		int64_t steal = 0;
		int i;

		if (take_number(&text) != cpu)
			continue;
		for (i = 0; i < STEAL; i++)
			steal = take_number(&text);
		/* What follows shows that it is whole. */
		return *text == ' ' ? steal : UNKNOWN;
	}
	return UNKNOWN;
}

static int64_t read_steal(uint32_t cpu)
{
	int64_t count = syscall5(NR_PREAD64, file, as_arg(stat),
				 sizeof(stat) - 1, 0, 0);

	stat[count > 0 ? count : 0] = '\0';
	return steal_of(cpu);
}

bool steal_watch(void)
{
	file = sys_open("/proc/stat", O_RDONLY);
	watching = read_steal(cpu_number()) != UNKNOWN;
	return watching;
}

bool steal_came(void)
{
	static uint32_t last_cpu;
	static int64_t last_steal;
	uint32_t cpu = cpu_number();
	int64_t steal;
	bool came;

	if (!watching)
		return false;
	steal = read_steal(cpu);
	/* After a move there is nothing to compare it with. */
	came = cpu == last_cpu && steal != last_steal;
	last_cpu = cpu;
	last_steal = steal;
	return came;
}
