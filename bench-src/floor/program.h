/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stddef.h>
#include <stdint.h>

struct program {
	uint64_t entry;
	uint64_t stack;
};

/*
 * Load a static position-independent ELF at PROGRAM_START. Returns what is
 * wrong with it, or NULL.
 */
const char *program_load(const void *file, uint64_t size,
			 struct program *program);

/*
 * Lay out argc, argv, an empty environment and auxiliary vector at the end of
 * the program's memory; `words` holds the arguments, separated by spaces.
 * Returns what is wrong, or NULL.
 */
const char *program_pass(const char *words, struct program *program);

#endif
