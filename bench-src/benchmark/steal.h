/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STEAL_H
#define STEAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The time that a hypervisor gave this CPU to somebody else, as Linux accounts
 * it. Costs system calls, so it is only for where they are allowed. False
 * where the kernel does not tell.
 */
bool steal_watch(void);

/*
 * Whether 10 ms of it were accounted since the last time this was asked. False,
 * and no system call, unless steal_watch() was called.
 */
bool steal_came(void);

#endif
