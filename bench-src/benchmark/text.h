/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t text_length(const char *text);

/* What follows `prefix` in `text`, or NULL when it starts otherwise. */
const char *text_after(const char *text, const char *prefix);

bool text_equal(const char *a, const char *b);

/*
 * An integer, decimal or 0x hexadecimal, '-' before it allowed, and nothing
 * after it. False when it is not one or does not fit.
 */
bool text_to_i64(const char *text, int64_t *value);

#endif
