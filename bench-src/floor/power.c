/* SPDX-License-Identifier: BSD-3-Clause */
#include "port.h"
#include "power.h"

#define DEBUG_EXIT 0xf4

void power_off(uint32_t how)
{
	struct __attribute__((packed)) {
		uint16_t limit;
		uint64_t base;
	} no_idt = {0, 0};

	out32(DEBUG_EXIT, how);

	/*
	 * The device is not there. A fault without a table of handlers is a
	 * triple fault, which resets the machine: QEMU's -no-reboot ends it.
	 */
	__asm__ volatile("lidt %0; ud2" : : "m"(no_idt));
	__builtin_unreachable();
}
