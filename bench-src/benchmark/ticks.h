/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TICKS_H
#define TICKS_H

#include <stdint.h>

/*
 * Linux's timer ticks, as far as they are accounted to this process. Costs
 * system calls, so it is only for where they are allowed.
 */
void ticks_watch(void);

/*
 * Differs from an earlier value if a tick came between. Always the same, and
 * no system call, unless ticks_watch() was called.
 */
int64_t ticks_now(void);

#endif
