/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef ARGS_H
#define ARGS_H

#include <stdbool.h>
#include <stdint.h>

#define MAX_ROUNDS    10000
#define MAX_ARGUMENTS 3

/* One argument of the measured call. */
struct argument {
	enum { NUMBER, NULL_DEVICE, BUFFER } kind;
	int64_t number;
};

/* What to measure: ../PROTOCOL.md, "Arguments". */
struct args {
	int64_t rounds;
	int64_t iters;
	int64_t warmup;
	int64_t nr;
	int64_t expect;
	bool expect_any;
	bool expect_success; /* whatever is no error */
	struct argument arguments[MAX_ARGUMENTS];
	const char *arguments_text; /* as given, or NULL */
	bool state_linux; /* say what the kernel tells about itself */
	bool watch_linux; /* ask the kernel what came into a region */
	bool via_function;
};

/*
 * Fill `args` from the program's arguments, its name not among them. Returns
 * the argument that is not one, or NULL when all are.
 */
const char *args_read(int count, char *const *arguments, struct args *args);

#endif
