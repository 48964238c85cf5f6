/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef LOOPS_H
#define LOOPS_H

#include <stdint.h>

/* One timed region as its assembly leaves it. loops.S knows the offsets. */
struct timed {
	uint64_t start;	     /* TSC before the first iteration */
	uint64_t end;	     /* TSC after the last one */
	int64_t last;	     /* what the last call returned */
	uint64_t selector;   /* %es afterwards: see loops.S, "Interrupts" */
	uint32_t cpu_before; /* IA32_TSC_AUX: see loops.S, "CPU" */
	uint32_t cpu_after;
	int64_t arguments[3]; /* of the call, in rdi, rsi and rdx */
};

/* What function_noop() returns, and a kernel with the noop system call. */
#define NOOP_RETURNS 0xc0ffee

/*
 * Time `iters` iterations (at least 1) of one call, with `selector`, a null
 * selector, in %es meanwhile. time_tsc() is two clock reads with nothing
 * between them.
 */
void time_tsc(uint64_t iters, int64_t nr, uint32_t selector, struct timed *out);
void time_empty(uint64_t iters, int64_t nr, uint32_t selector,
		struct timed *out);
void time_scall(uint64_t iters, int64_t nr, uint32_t selector,
		struct timed *out);
void time_fcall(uint64_t iters, int64_t nr, uint32_t selector,
		struct timed *out);
void time_scall_function(uint64_t iters, int64_t nr, uint32_t selector,
			 struct timed *out);

/* The same for a call with arguments. */
void time_tsc_with(uint64_t iters, int64_t nr, uint32_t selector,
		   struct timed *out);
void time_empty_with(uint64_t iters, int64_t nr, uint32_t selector,
		     struct timed *out);
void time_scall_with(uint64_t iters, int64_t nr, uint32_t selector,
		     struct timed *out);
void time_fcall_with(uint64_t iters, int64_t nr, uint32_t selector,
		     struct timed *out);
void time_scall_function_with(uint64_t iters, int64_t nr, uint32_t selector,
			      struct timed *out);

#endif
