/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MEASURE_H
#define MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "args.h"

/* Clock differences of one round, nothing subtracted and nothing divided. */
struct round {
	uint64_t tsc;
	uint64_t empty;
	uint64_t scall;
	uint64_t fcall;
	/* In which of them: sums of bits, ../PROTOCOL.md, `round`. */
	unsigned int interrupted;
	unsigned int switched;
	unsigned int moved;
	unsigned int stolen;
};

/* What all rounds have in common, and what went wrong in any of them. */
struct run {
	const struct args *args;
	uint32_t selector; /* null, for loops.S */
	bool backwards;
	bool wrong_return;
	int64_t returned; /* the first wrong return value */
	int64_t expected;
};

/* Make the call's arguments. False when there is no null device for them. */
bool measure_prepare(const struct args *args);

/* One system call, to see whether it returns what it should. */
void measure_try(struct run *run);

/* Warm up, then time all rounds. */
void measure_rounds(struct run *run);

/* A round that measure_rounds() timed. */
const struct round *measure_round(int64_t n);

#endif
