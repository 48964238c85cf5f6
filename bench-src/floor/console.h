/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stddef.h>
#include <stdint.h>

/* The first serial port, polled. */
void console_start(void);
void console_write(const char *bytes, size_t count);
void console_text(const char *text);
void console_hex(uint64_t value);
void console_decimal(uint64_t value);

#endif
