/* SPDX-License-Identifier: BSD-3-Clause */
#include "text.h"

size_t text_length(const char *text)
{
	size_t length = 0;

	while (text[length] != '\0')
		length++;
	return length;
}

const char *text_after(const char *text, const char *prefix)
{
	while (*prefix != '\0')
		if (*text++ != *prefix++)
			return NULL;
	return text;
}

bool text_equal(const char *a, const char *b)
{
	const char *rest = text_after(a, b);

	return rest != NULL && *rest == '\0';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

bool text_to_i64(const char *text, int64_t *value)
{
	bool negative = *text == '-';
	int64_t magnitude = 0;
	int base = 10;

	if (negative)
		text++;
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		base = 16;
		text += 2;
	}
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		int digit = digit_value(*text);

		if (digit >= base ||
		    __builtin_mul_overflow(magnitude, base, &magnitude) ||
		    __builtin_add_overflow(magnitude, digit, &magnitude))
			return false;
	}
	*value = negative ? -magnitude : magnitude;
	return true;
}
