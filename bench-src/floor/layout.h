/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef LAYOUT_H
#define LAYOUT_H

/*
 * Memory is mapped one to one, 2 MiB a page. The program has 16 MiB of its own,
 * which ring 3 may use; all else is the guest's.
 */
#define LARGE_PAGE    0x200000
#define PROGRAM_START 0x1000000
#define PROGRAM_END   0x2000000

/*
 * Selectors, in the order that STAR wants: SYSCALL takes the kernel's code and
 * stack segments from one base, SYSRET the user's stack and code from another.
 */
#define KERNEL_CODE 0x08
#define KERNEL_DATA 0x10
#define SYSRET_BASE 0x18
#define USER_DATA   (0x20 | 3)
#define USER_CODE   (0x28 | 3)
#define TASK	    0x30

#define MSR_EFER  0xc0000080
#define MSR_STAR  0xc0000081
#define MSR_LSTAR 0xc0000082
#define MSR_FMASK 0xc0000084

#define VECTORS 32

/* System calls that the program may make. */
#define NR_WRITE     1
#define NR_EXIT	     60
#define NR_NOOP	     500
#define NOOP_RETURNS 0xc0ffee

#endif
