/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

/* The longest value that a record holds, before it is encoded. */
#define MAX_VALUE 4096

/*
 * One record of ../PROTOCOL.md: start it, add its keys, send it. Sequence
 * number and checksum are added here; it leaves in one write, so that other
 * console output comes before or after it, not into it.
 */
void record_start(const char *kind);
void record_u64(const char *key, uint64_t value);
void record_i64(const char *key, int64_t value);
void record_hex(const char *key, uint64_t value);
void record_text(const char *key, const char *value);
/* Two numbers with a dot between. */
void record_dotted(const char *key, uint64_t first, uint64_t second);
void record_bytes(const char *key, const char *value, size_t count);
void record_send(void);

/* Records sent so far. */
uint64_t record_count(void);

#endif
