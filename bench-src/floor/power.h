/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef POWER_H
#define POWER_H

#include <stdint.h>

/*
 * How the guest ends: what is written to QEMU's isa-debug-exit device. QEMU
 * then exits with twice that plus 1, so none of them can be mistaken for QEMU's
 * own 0 and 1. README.md has the table.
 */
#define ENDED(status) (0x10u + (status)) /* status 0 to MAX_STATUS */
#define MAX_STATUS    0x2fu
#define FAULTED	      0x50u
#define NOT_STARTED   0x51u

__attribute__((noreturn)) void power_off(uint32_t how);

#endif
