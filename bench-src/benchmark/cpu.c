/* SPDX-License-Identifier: BSD-3-Clause */
#include "cpu.h"

#define LEAF_VENDOR	    0x00000000u
#define LEAF_VERSION	    0x00000001u
#define LEAF_FEATURES	    0x00000007u
#define LEAF_TSC	    0x00000015u
#define LEAF_HYPERVISOR	    0x40000000u
#define LEAF_HYPERVISOR_TSC 0x40000010u
#define LEAF_EXTENDED	    0x80000000u
#define LEAF_EXTENDED_INFO  0x80000001u
#define LEAF_BRAND	    0x80000002u
#define LEAF_BRAND_LAST	    0x80000004u
#define LEAF_POWER	    0x80000007u

#define BIT(n) (1u << (n))

struct leaf {
	uint32_t eax, ebx, ecx, edx;
};

static struct leaf cpuid_sub(uint32_t number, uint32_t sub)
{
	struct leaf leaf;

	__asm__ volatile("cpuid"
			 : "=a"(leaf.eax), "=b"(leaf.ebx), "=c"(leaf.ecx),
			   "=d"(leaf.edx)
			 : "a"(number), "c"(sub));
	return leaf;
}

static struct leaf cpuid(uint32_t number)
{
	return cpuid_sub(number, 0);
}

/* Four characters of a text that CPUID hands out in registers. */
static void put4(char *to, uint32_t characters)
{
	int i;

	for (i = 0; i < 4; i++)
		to[i] = (char)(characters >> (8 * i));
}

static void read_brand(char *model)
{
	uint32_t number;

	for (number = LEAF_BRAND; number <= LEAF_BRAND_LAST; number++) {
		struct leaf leaf = cpuid(number);

		put4(model, leaf.eax);
		put4(model + 4, leaf.ebx);
		put4(model + 8, leaf.ecx);
		put4(model + 12, leaf.edx);
		model += 16;
	}
	*model = '\0';
}

/* Intel SDM volume 2 and AMD APM volume 3, CPUID leaf 1. */
static void read_version(struct cpu *cpu, uint32_t eax)
{
	uint32_t family = (eax >> 8) & 0xf;
	uint32_t model = (eax >> 4) & 0xf;

	if (family == 0x6 || family == 0xf)
		model |= ((eax >> 16) & 0xf) << 4;
	if (family == 0xf)
		family += (eax >> 20) & 0xff;
	cpu->family = family;
	cpu->model_number = model;
	cpu->stepping = eax & 0xf;
}

static void read_hypervisor(struct cpu *cpu)
{
	struct leaf leaf = cpuid(LEAF_HYPERVISOR);

	put4(cpu->hypervisor, leaf.ebx);
	put4(cpu->hypervisor + 4, leaf.ecx);
	put4(cpu->hypervisor + 8, leaf.edx);

	/* The timing leaf, in kHz, as KVM and VMware define it. */
	if (leaf.eax >= LEAF_HYPERVISOR_TSC && leaf.eax < LEAF_EXTENDED) {
		cpu->tsc_khz = cpuid(LEAF_HYPERVISOR_TSC).eax;
		cpu->khz_of_hypervisor = cpu->tsc_khz != 0;
	}
}

/* Crystal clock in Hz (ECX) times EBX / EAX; any of them may be unknown. */
static uint64_t crystal_khz(void)
{
	struct leaf leaf = cpuid(LEAF_TSC);

	if (leaf.eax == 0)
		return 0;
	return (uint64_t)leaf.ecx * leaf.ebx / leaf.eax / 1000;
}

void cpu_read(struct cpu *cpu)
{
	struct leaf vendor = cpuid(LEAF_VENDOR);
	struct leaf version = cpuid(LEAF_VERSION);
	uint32_t extended = cpuid(LEAF_EXTENDED).eax;

	*cpu = (struct cpu){0};
	put4(cpu->vendor, vendor.ebx);
	put4(cpu->vendor + 4, vendor.edx);
	put4(cpu->vendor + 8, vendor.ecx);
	read_version(cpu, version.eax);
	cpu->tsc = version.edx & BIT(4);
	if (extended >= LEAF_EXTENDED_INFO)
		cpu->rdtscp = cpuid(LEAF_EXTENDED_INFO).edx & BIT(27);
	if (extended >= LEAF_BRAND_LAST)
		read_brand(cpu->model);
	if (extended >= LEAF_POWER)
		cpu->invariant = cpuid(LEAF_POWER).edx & BIT(8);
	/* EAX of the leaf itself is the number of its last subleaf. */
	if (vendor.eax >= LEAF_FEATURES && cpuid(LEAF_FEATURES).eax >= 1)
		cpu->fred = cpuid_sub(LEAF_FEATURES, 1).eax & BIT(17);
	if (version.ecx & BIT(31))
		read_hypervisor(cpu);
	if (cpu->tsc_khz == 0 && vendor.eax >= LEAF_TSC)
		cpu->tsc_khz = crystal_khz();
}
