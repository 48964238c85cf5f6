/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The least that can be below a program: loads it, answers write, exit and the
 * noop system call (entry.S), says what went wrong, and ends.
 */
#include <stdint.h>

#include "console.h"
#include "layout.h"
#include "port.h"
#include "power.h"
#include "program.h"
#include "pvh.h"
#include "tables.h"

#define PIC1_DATA 0x21
#define PIC2_DATA 0xa1

#define EBADF  9
#define EFAULT 14
#define ENOSYS 38

/* What the stubs in entry.S and the processor leave on the stack. */
struct fault {
	uint64_t vector;
	uint64_t error;
	uint64_t rip;
	uint64_t cs;
	uint64_t flags;
	uint64_t rsp;
	uint64_t ss;
};

__attribute__((noreturn)) void floor_main(const struct hvm_start_info *info);
int64_t floor_syscall(uint64_t number, uint64_t first, uint64_t second,
		      uint64_t third);
__attribute__((noreturn)) void floor_fault(const struct fault *fault,
					   uint64_t cr2);
__attribute__((noreturn)) void enter_ring3(uint64_t entry, uint64_t stack);
__attribute__((noreturn)) void enter_ring0(uint64_t entry, uint64_t stack);

static void say(const char *label, uint64_t value)
{
	console_text(label);
	console_hex(value);
}

static __attribute__((noreturn)) void stop(const char *why)
{
	console_text("floor: not started: ");
	console_text(why);
	console_text("\n");
	power_off(NOT_STARTED);
}

void floor_fault(const struct fault *fault, uint64_t cr2)
{
	console_text("\nfloor: fault vector=");
	console_decimal(fault->vector);
	say(" error=", fault->error);
	say(" rip=", fault->rip);
	say(" cs=", fault->cs);
	say(" rsp=", fault->rsp);
	say(" cr2=", cr2);
	console_text("\n");
	power_off(FAULTED);
}

static __attribute__((noreturn)) void program_exit(uint64_t status)
{
	status &= 0xff;
	console_text("floor: program ended with status ");
	console_decimal(status);
	console_text("\n");
	power_off(ENDED(status < MAX_STATUS ? (uint32_t)status : MAX_STATUS));
}

static int64_t program_write(uint64_t fd, uint64_t bytes, uint64_t count)
{
	if (fd != 1 && fd != 2)
		return -EBADF;
	if (bytes < PROGRAM_START || bytes > PROGRAM_END ||
	    count > PROGRAM_END - bytes)
		return -EFAULT;
	console_write((const char *)bytes, count);
	return (int64_t)count;
}

int64_t floor_syscall(uint64_t number, uint64_t first, uint64_t second,
		      uint64_t third)
{
	switch (number) {
	case NR_WRITE:
		return program_write(first, second, third);
	case NR_EXIT:
		program_exit(first);
	default:
		return -ENOSYS;
	}
}

/* The guest's own word, `ring=3` or `ring=0`, has to come first. */
static unsigned int take_ring(const char **words)
{
	const char *prefix = "ring=";
	const char *at = *words;

	while (*prefix != '\0' && *at == *prefix) {
		at++;
		prefix++;
	}
	if (*prefix != '\0' || (*at != '3' && *at != '0') ||
	    (at[1] != ' ' && at[1] != '\0'))
		stop("the command line has to start with ring=3 or ring=0");
	*words = at + 1;
	return *at == '3' ? 3 : 0;
}

void floor_main(const struct hvm_start_info *info)
{
	const struct hvm_modlist_entry *module;
	struct program program;
	const char *words;
	const char *wrong;
	unsigned int ring;

	/* No interrupt, ever: the flag is clear and all lines are masked. */
	out8(PIC1_DATA, 0xff);
	out8(PIC2_DATA, 0xff);
	console_start();
	tables_load();

	if (info->magic != HVM_START_MAGIC)
		stop("not booted through PVH");
	if (info->nr_modules == 0)
		stop("no program: give QEMU one with -initrd");
	words = (const char *)info->cmdline_paddr;
	ring = take_ring(&words);

	module = (const struct hvm_modlist_entry *)info->modlist_paddr;
	wrong = program_load((const void *)module->paddr, module->size,
			     &program);
	if (!wrong)
		wrong = program_pass(words, &program);
	if (wrong)
		stop(wrong);

	tables_set_syscall(ring);
	if (ring == 3)
		enter_ring3(program.entry, program.stack);
	enter_ring0(program.entry, program.stack);
}
