/* SPDX-License-Identifier: BSD-3-Clause */
#include "protocol.h"
#include "crc32.h"
#include "syscalls.h"
#include "text.h"

#define CONSOLE 1

/* A key and a value, each byte of it encoded in three, and all the rest. */
static char line[3 * MAX_VALUE + 512];
static size_t length;
static uint64_t sequence;

static void put(char c)
{
	line[length++] = c;
}

static void put_text(const char *text)
{
	while (*text != '\0')
		put(*text++);
}

static void put_u64(uint64_t value)
{
	char digits[20];
	int count = 0;

	do {
		digits[count++] = (char)('0' + value % 10);
		value /= 10;
	} while (value != 0);
	while (count > 0)
		put(digits[--count]);
}

static void put_nibble(uint64_t nibble, char ten)
{
	put((char)(nibble < 10 ? '0' + nibble : (uint64_t)ten + nibble - 10));
}

static void put_key(const char *key)
{
	put(' ');
	put_text(key);
	put('=');
}

void record_start(const char *kind)
{
	length = 0;
	put_text("@sb1 ");
	put_u64(sequence);
	put(' ');
	put_text(kind);
}

void record_u64(const char *key, uint64_t value)
{
	put_key(key);
	put_u64(value);
}

void record_dotted(const char *key, uint64_t first, uint64_t second)
{
	record_u64(key, first);
	put('.');
	put_u64(second);
}

void record_i64(const char *key, int64_t value)
{
	put_key(key);
	if (value < 0)
		put('-');
	put_u64(value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void record_hex(const char *key, uint64_t value)
{
	int shift = 60;

	put_key(key);
	put_text("0x");
	while (shift > 0 && value >> shift == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		put_nibble(value >> shift & 0xf, 'a');
}

void record_bytes(const char *key, const char *value, size_t count)
{
	size_t i;

	put_key(key);
	for (i = 0; i < count && i < MAX_VALUE; i++) {
		unsigned char byte = (unsigned char)value[i];

		if (byte >= '!' && byte <= '~' && byte != '%') {
			put((char)byte);
			continue;
		}
		put('%');
		put_nibble(byte >> 4, 'A');
		put_nibble(byte & 0xf, 'A');
	}
}

void record_text(const char *key, const char *value)
{
	record_bytes(key, value, text_length(value));
}

void record_send(void)
{
	uint32_t crc = crc32(line, length);
	size_t sent = 0;
	int shift;

	put_text(" *");
	for (shift = 28; shift >= 0; shift -= 4)
		put_nibble(crc >> shift & 0xf, 'a');
	put('\n');
	sequence++;

	while (sent < length) {
		int64_t ret = sys_write(CONSOLE, line + sent, length - sent);

		/* Without a console there is nobody to tell. */
		if (ret <= 0)
			sys_exit(1);
		sent += (size_t)ret;
	}
}

uint64_t record_count(void)
{
	return sequence;
}
