/* SPDX-License-Identifier: BSD-3-Clause */
#include "args.h"
#include "loops.h"


#include "text.h"

static bool number_within(const char *text, int64_t min, int64_t max,
			  int64_t *number)
{
	return text_to_i64(text, number) && *number >= min && *number <= max;
}

static bool read_expect(const char *value, struct args *args)
{
	args->expect_any = text_equal(value, "any");
	args->expect_success = text_equal(value, "success");
	return args->expect_any || args->expect_success ||
	       text_to_i64(value, &args->expect);
}

static bool read_argument(const char *word, struct argument *argument)
{
	if (text_equal(word, "null"))
		argument->kind = NULL_DEVICE;
	else if (text_equal(word, "buffer"))
		argument->kind = BUFFER;
	else
		return text_to_i64(word, &argument->number);
	return true;
}

/* Words with commas between; those that are not given are 0. */
static bool read_arguments(const char *value, struct args *args)
{
	char word[32];
	int i;

	args->arguments_text = value;
	for (i = 0; i < MAX_ARGUMENTS; i++) {
		size_t length = 0;

		while (value[length] != '\0' && value[length] != ',') {
			if (length == sizeof(word) - 1)
				return false;
			word[length] = value[length];
			length++;
		}
		word[length] = '\0';
		if (!read_argument(word, &args->arguments[i]))
			return false;
		if (value[length] == '\0')
			return true;
		value += length + 1;
	}
	return false;
}

static bool read_state(const char *value, struct args *args)
{
	args->state_linux = text_equal(value, "linux");
	args->watch_linux = args->state_linux || text_equal(value, "process");
	return args->watch_linux || text_equal(value, "none");
}

static bool read_via(const char *value, struct args *args)
{
	args->via_function = text_equal(value, "function");
	return args->via_function || text_equal(value, "loop");
}

static bool read_one(const char *argument, struct args *args)
{
	const char *value;

	if ((value = text_after(argument, "rounds=")))
		return number_within(value, 1, MAX_ROUNDS, &args->rounds);
	if ((value = text_after(argument, "iters=")))
		return number_within(value, 1, 1000000000, &args->iters);
	if ((value = text_after(argument, "warmup=")))
		return number_within(value, 0, 1000, &args->warmup);
	if ((value = text_after(argument, "nr=")))
		return number_within(value, 0, INT32_MAX, &args->nr);
	if ((value = text_after(argument, "expect=")))
		return read_expect(value, args);
	if ((value = text_after(argument, "args=")))
		return read_arguments(value, args);
	if ((value = text_after(argument, "state=")))
		return read_state(value, args);
	if ((value = text_after(argument, "via=")))
		return read_via(value, args);
	return false;
}

static bool is_assignment(const char *argument)
{
	while (*argument != '\0' && *argument != '=')
		argument++;
	return *argument == '=';
}

const char *args_read(int count, char *const *arguments, struct args *args)
{
	int i;

	*args = (struct args){0};
	args->rounds = 20;
	args->iters = 1000;
	args->warmup = 1;
	args->nr = 500;
	args->expect = NOOP_RETURNS;

	/* A kernel passes words it does not know on to its first program. */
	for (i = 0; i < count; i++)
		if (is_assignment(arguments[i]) &&
		    !read_one(arguments[i], args))
			return arguments[i];
	return NULL;
}
