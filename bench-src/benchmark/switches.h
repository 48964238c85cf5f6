/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef SWITCHES_H
#define SWITCHES_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Linux's count of the times this thread left its CPU for another, or to wait.
 * Costs system calls, so it is only for where they are allowed. False where
 * the kernel does not count.
 */
bool switches_watch(void);

/*
 * Grows with each. Always the same, and no system call, unless
 * switches_watch() was called.
 */
int64_t switches_now(void);

#endif
