/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CRC32_H
#define CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 of IEEE 802.3, the one of zlib: reflected, inverted in and out. */
uint32_t crc32(const char *bytes, size_t count);

#endif
