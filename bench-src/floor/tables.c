/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>

#include "layout.h"
#include "tables.h"

#define FAULT_STUB_BYTES 16

/* A gate of type 14, interrupt gate, present. */
#define INTERRUPT_GATE 0x8e
/* A descriptor of type 9, available 64-bit TSS, present. */
#define AVAILABLE_TSS 0x89

/* Flags that SYSCALL clears: trap, interrupt, direction, alignment check. */
#define FLAGS_CLEARED 0x40700

struct __attribute__((packed)) gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t stack;
	uint8_t type;
	uint16_t offset_middle;
	uint32_t offset_high;
	uint32_t reserved;
};

struct __attribute__((packed)) tss {
	uint32_t reserved0;
	uint64_t rsp[3];
	uint64_t reserved1;
	uint64_t ist[7];
	uint64_t reserved2;
	uint16_t reserved3;
	uint16_t io_map;
};

struct __attribute__((packed)) table_pointer {
	uint16_t limit;
	uint64_t base;
};

extern uint64_t gdt[];
extern const char fault_stubs[];
extern const char syscall_from_ring3[];
extern const char syscall_from_ring0[];

static struct gate idt[VECTORS];
static struct tss tss;

/*
 * Faults have a stack of their own, always: the program's is not to be trusted
 * in ring 3 and has a red zone in ring 0.
 */
static char fault_stack[8192] __attribute__((aligned(16)));

static void write_msr(uint32_t msr, uint64_t value)
{
	__asm__ volatile("wrmsr"
			 :
			 : "c"(msr), "a"((uint32_t)value),
			   "d"((uint32_t)(value >> 32)));
}

static void fill_gates(void)
{
	uint64_t handler = (uint64_t)fault_stubs;
	int i;

	for (i = 0; i < VECTORS; i++) {
		idt[i].offset_low = (uint16_t)handler;
		idt[i].offset_middle = (uint16_t)(handler >> 16);
		idt[i].offset_high = (uint32_t)(handler >> 32);
		idt[i].selector = KERNEL_CODE;
		idt[i].stack = 1; /* tss.ist[0] */
		idt[i].type = INTERRUPT_GATE;
		handler += FAULT_STUB_BYTES;
	}
}

static void fill_task(void)
{
	uint64_t base = (uint64_t)&tss;

	tss.ist[0] = (uint64_t)(fault_stack + sizeof(fault_stack));
	tss.io_map = sizeof(tss); /* none: ring 3 has no ports */
	gdt[TASK / 8] = (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
			(uint64_t)AVAILABLE_TSS << 40 |
			(base >> 24 & 0xff) << 56;
	gdt[TASK / 8 + 1] = base >> 32;
}

void tables_load(void)
{
	struct table_pointer pointer = {sizeof(idt) - 1, (uint64_t)idt};

	fill_gates();
	fill_task();
	__asm__ volatile("lidt %0" : : "m"(pointer));
	__asm__ volatile("ltr %w0" : : "r"(TASK));
}

void tables_set_syscall(unsigned int ring)
{
	write_msr(MSR_STAR,
		  (uint64_t)SYSRET_BASE << 48 | (uint64_t)KERNEL_CODE << 32);
	if (ring == 3) {
		write_msr(MSR_LSTAR, (uint64_t)syscall_from_ring3);
		write_msr(MSR_FMASK, FLAGS_CLEARED);
	} else {
		/* Nothing cleared, so there is nothing to put back. */
		write_msr(MSR_LSTAR, (uint64_t)syscall_from_ring0);
		write_msr(MSR_FMASK, 0);
	}
}
