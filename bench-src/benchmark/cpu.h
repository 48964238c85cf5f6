/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CPU_H
#define CPU_H

#include <stdbool.h>
#include <stdint.h>

/* What CPUID says. Texts end with a zero byte and may be empty. */
struct cpu {
	char vendor[13];
	char model[49];
	char hypervisor[13];
	uint32_t family;
	uint32_t model_number;
	uint32_t stepping;
	bool tsc;
	bool rdtscp;
	bool invariant;
	bool fred;		/* interrupts may return by ERETU */
	uint64_t tsc_khz;	/* 0: CPUID does not know */
	bool khz_of_hypervisor; /* else of the processor itself */
};

/* Read before anything is timed: CPUID exits to a hypervisor. */
void cpu_read(struct cpu *cpu);

/* Ring that the program runs in: 3, or 0 in a unikernel. */
static inline unsigned int cpu_ring(void)
{
	uint32_t cs;

	__asm__("movl %%cs, %0" : "=r"(cs));
	return cs & 3;
}

/* Linux tells a program on which CPU it runs: IA32_TSC_AUX, below the node. */
#define CPU_NUMBER_MASK 0xfffu

/* CPU that the program runs on. Only Linux sets what it is read from. */
static inline uint32_t cpu_number(void)
{
	uint32_t aux;

	__asm__ volatile("rdtscp" : "=c"(aux) : : "eax", "edx");
	return aux & CPU_NUMBER_MASK;
}

#endif
