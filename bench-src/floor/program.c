/* SPDX-License-Identifier: BSD-3-Clause */
#include <elf.h>
#include <stdbool.h>

#include "layout.h"
#include "program.h"

#define MAX_ARGUMENTS 64
#define STACK_BYTES   0x100000
#define PROGRAM_NAME  "syscallbench"

static void copy(char *to, const char *from, uint64_t count)
{
	while (count-- > 0)
		*to++ = *from++;
}

static void clear(char *to, uint64_t count)
{
	while (count-- > 0)
		*to++ = '\0';
}

static bool is_static_pie(const Elf64_Ehdr *header, uint64_t size)
{
	return size >= sizeof(*header) && header->e_ident[0] == 0x7f &&
	       header->e_ident[1] == 'E' && header->e_ident[2] == 'L' &&
	       header->e_ident[3] == 'F' &&
	       header->e_ident[EI_CLASS] == ELFCLASS64 &&
	       header->e_machine == EM_X86_64 && header->e_type == ET_DYN &&
	       header->e_phentsize == sizeof(Elf64_Phdr);
}

/* Whether `count` things from `start` on are below `end`, without overflow. */
static bool within(uint64_t start, uint64_t count, uint64_t end)
{
	return start <= end && count <= end - start;
}

static bool load_segment(const char *file, uint64_t size,
			 const Elf64_Phdr *segment)
{
	uint64_t room = PROGRAM_END - STACK_BYTES - PROGRAM_START;
	char *to = (char *)PROGRAM_START + segment->p_vaddr;

	if (!within(segment->p_offset, segment->p_filesz, size) ||
	    !within(segment->p_vaddr, segment->p_memsz, room) ||
	    segment->p_filesz > segment->p_memsz)
		return false;
	copy(to, file + segment->p_offset, segment->p_filesz);
	clear(to + segment->p_filesz, segment->p_memsz - segment->p_filesz);
	return true;
}

const char *program_load(const void *file, uint64_t size,
			 struct program *program)
{
	const Elf64_Ehdr *header = file;
	const Elf64_Phdr *segments;
	int i;

	if (within(PROGRAM_START, 1, (uint64_t)file + size) &&
	    (uint64_t)file < PROGRAM_END)
		return "the program's file lies where it has to be loaded";
	if (!is_static_pie(header, size))
		return "the program is not a static position-independent "
		       "x86-64 ELF";
	if (!within(header->e_phoff, header->e_phnum * sizeof(*segments), size))
		return "the program's ELF headers are cut off";

	segments = (const void *)((const char *)file + header->e_phoff);
	for (i = 0; i < header->e_phnum; i++) {
		if (segments[i].p_type == PT_INTERP)
			return "the program needs a dynamic linker";
		if (segments[i].p_type == PT_LOAD &&
		    !load_segment(file, size, &segments[i]))
			return "a segment of the program does not fit";
	}
	/* Relocating itself is a static-PIE's own business, as on Linux. */
	program->entry = PROGRAM_START + header->e_entry;
	return NULL;
}

const char *program_pass(const char *words, struct program *program)
{
	uint64_t argv[MAX_ARGUMENTS + 1];
	char *text = (char *)PROGRAM_END - STACK_BYTES;
	uint64_t *stack = (uint64_t *)PROGRAM_END;
	uint64_t argc = 1;
	uint64_t i;

	/* The texts grow up from the stack's far end. */
	argv[0] = (uint64_t)text;
	copy(text, PROGRAM_NAME, sizeof(PROGRAM_NAME));
	text += sizeof(PROGRAM_NAME);
	while (*words != '\0') {
		if (*words == ' ') {
			words++;
			continue;
		}
		if (argc == MAX_ARGUMENTS)
			return "the command line has too many words";
		argv[argc++] = (uint64_t)text;
		while (*words != '\0' && *words != ' ')
			*text++ = *words++;
		*text++ = '\0';
	}

	/* argc, argv, NULL, no environment, NULL, AT_NULL, from low to high. */
	stack -= (1 + argc + 1 + 1 + 2 + 1) & ~1ul;
	program->stack = (uint64_t)stack;
	*stack++ = argc;
	for (i = 0; i < argc; i++)
		*stack++ = argv[i];
	for (i = 0; i < 4; i++)
		*stack++ = 0;
	return NULL;
}
