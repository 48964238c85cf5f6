/* SPDX-License-Identifier: BSD-3-Clause */
#include "crc32.h"

#define POLYNOMIAL 0xedb88320u /* 0x04c11db7 with its bits reversed */

uint32_t crc32(const char *bytes, size_t count)
{
	uint32_t crc = ~0u;
	size_t i;
	int bit;

	/* Bit by bit: it runs after everything is timed, and needs no table. */
	for (i = 0; i < count; i++) {
		crc ^= (unsigned char)bytes[i];
		for (bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (POLYNOMIAL & (0u - (crc & 1)));
	}
	return ~crc;
}
