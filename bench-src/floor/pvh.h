/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PVH_H
#define PVH_H

#include <stdint.h>

#define HVM_START_MAGIC 0x336ec578

/* What Xen's PVH boot protocol hands over; addresses are physical. */
struct hvm_start_info {
	uint32_t magic;
	uint32_t version;
	uint32_t flags;
	uint32_t nr_modules;
	uint64_t modlist_paddr;
	uint64_t cmdline_paddr;
	uint64_t rsdp_paddr;
};

struct hvm_modlist_entry {
	uint64_t paddr;
	uint64_t size;
	uint64_t cmdline_paddr;
	uint64_t reserved;
};

#endif
