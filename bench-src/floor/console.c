/* SPDX-License-Identifier: BSD-3-Clause */
#include "console.h"
#include "port.h"

#define COM1 0x3f8

/* Registers of a 16550 UART, from its base. */
#define DATA		 0
#define DIVISOR_LOW	 0 /* while LINE_CONTROL has DIVISOR_LATCH set */
#define DIVISOR_HIGH	 1
#define INTERRUPT_ENABLE 1
#define FIFO_CONTROL	 2
#define LINE_CONTROL	 3
#define MODEM_CONTROL	 4
#define LINE_STATUS	 5

#define DIVISOR_LATCH	  0x80
#define EIGHT_BITS	  0x03
#define FIFO_ON		  0x07
#define READY_AND_SEND	  0x03
#define TRANSMITTER_EMPTY 0x20

void console_start(void)
{
	out8(COM1 + INTERRUPT_ENABLE, 0);
	out8(COM1 + LINE_CONTROL, DIVISOR_LATCH);
	out8(COM1 + DIVISOR_LOW, 1); /* 115200 baud */
	out8(COM1 + DIVISOR_HIGH, 0);
	out8(COM1 + LINE_CONTROL, EIGHT_BITS);
	out8(COM1 + FIFO_CONTROL, FIFO_ON);
	out8(COM1 + MODEM_CONTROL, READY_AND_SEND);
}

void console_write(const char *bytes, size_t count)
{
	while (count-- > 0) {
		while (!(in8(COM1 + LINE_STATUS) & TRANSMITTER_EMPTY))
			;
		out8(COM1 + DATA, (uint8_t)*bytes++);
	}
}

void console_text(const char *text)
{
	while (*text != '\0')
		console_write(text++, 1);
}

static void console_number(uint64_t value, unsigned int base)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	console_write(digits + at, sizeof(digits) - at);
}

void console_hex(uint64_t value)
{
	console_text("0x");
	console_number(value, 16);
}

void console_decimal(uint64_t value)
{
	console_number(value, 10);
}
