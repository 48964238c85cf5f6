/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TABLES_H
#define TABLES_H

/* Fault handlers and their stack. */
void tables_load(void);

/* Where SYSCALL goes: the entry for a program in ring 3, or in ring 0. */
void tables_set_syscall(unsigned int ring);

#endif
