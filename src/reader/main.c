/*
 * relance-reader: the processes that read mail and documents in a cage.
 *
 *   relance-reader --lexicon DIR [--lexicon-extra DIR] --listen FD [--workers N]       the daemon's pool
 *   relance-reader --lexicon DIR [--lexicon-extra DIR] --connection FD                 a single worker, for a
 * command
 *   relance-reader --lexicon DIR [--lexicon-extra DIR] --check                          loads them, and says
 * on standard output what is wrong
 *       [--layouts DIR] taught layouts (relance-layout(5))
 *       [--seconds N]   CPU time of one message (20); three times as long by the clock
 *       [--memory N]    bytes that reading one message may take (268435456)
 *
 * Exit status as in relance(1): 64 usage, 78 a lexicon that cannot be read, 70 a machine on which the cage
 * does not hold.
 */
#include "base/base.h"

#include "reader/pool.h"
#include "reader/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <malloc.h>
#include <sys/prctl.h>

#define RETIRE_AFTER 2000 /* messages */

struct options {
	const char *lexicon_dir;
	const char *lexicon_extra_dir;
	const char *layout_dir;
	int listen;
	int connection;
	int workers;
	int seconds;
	int64_t memory;
	bool check;
};

enum option_code {
	OPTION_LEXICON = 256,
	OPTION_EXTRA,
	OPTION_LAYOUTS,
	OPTION_LISTEN,
	OPTION_CONNECTION,
	OPTION_WORKERS,
	OPTION_SECONDS,
	OPTION_MEMORY,
	OPTION_CHECK
};

static const struct option known_options[] = {
    {"lexicon", required_argument, NULL, OPTION_LEXICON},
    {"lexicon-extra", required_argument, NULL, OPTION_EXTRA},
    {"layouts", required_argument, NULL, OPTION_LAYOUTS},
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"connection", required_argument, NULL, OPTION_CONNECTION},
    {"workers", required_argument, NULL, OPTION_WORKERS},
    {"seconds", required_argument, NULL, OPTION_SECONDS},
    {"memory", required_argument, NULL, OPTION_MEMORY},
    {"check", no_argument, NULL, OPTION_CHECK},
    {NULL, 0, NULL, 0},
};

static bool number(const char *text, int64_t least, int64_t most, int64_t *value)
{
	char *end;
	errno = 0;
	long long parsed = strtoll(text, &end, 10);
	if (errno || end == text || *end || parsed < least || parsed > most)
		return false;
	*value = parsed;
	return true;
}

static bool small_number(const char *text, int least, int most, int *value)
{
	int64_t parsed;
	if (!number(text, least, most, &parsed))
		return false;
	*value = (int)parsed;
	return true;
}

static bool take_option(int option, const char *value, struct options *options)
{
	switch (option) {
	case OPTION_LEXICON:
		options->lexicon_dir = value;
		return true;
	case OPTION_EXTRA:
		options->lexicon_extra_dir = value;
		return true;
	case OPTION_LAYOUTS:
		options->layout_dir = value;
		return true;
	case OPTION_LISTEN:
		return small_number(value, 0, 1 << 20, &options->listen);
	case OPTION_CONNECTION:
		return small_number(value, 0, 1 << 20, &options->connection);
	case OPTION_WORKERS:
		return small_number(value, 1, 256, &options->workers);
	case OPTION_SECONDS:
		return small_number(value, 1, 3600, &options->seconds);
	case OPTION_MEMORY:
		return number(value, INT64_C(16) << 20, INT64_C(1) << 40, &options->memory);
	case OPTION_CHECK:
		options->check = true;
		return true;
	default:
		return false;
	}
}

static bool take_options(int count, char **arguments, struct options *options)
{
	int option;
	while ((option = getopt_long(count, arguments, "", known_options, NULL)) >= 0)
		if (!take_option(option, optarg, options))
			return false;
	int ways = (options->listen >= 0) + (options->connection >= 0) + options->check;
	return optind == count && options->lexicon_dir && ways == 1;
}

static int complain(const struct error *error)
{
	fprintf(stderr, "relance-reader: %s\n", error->text);
	return (int)error->status;
}

static int check(const struct options *options)
{
	struct error error = {0};
	struct lexicon *lexicon = setup_lexicon(options->lexicon_dir, options->lexicon_extra_dir, &error);
	if (!lexicon)
		puts(error.text);
	lexicon_free(lexicon);
	return lexicon ? STATUS_DONE : (int)error.status;
}

/* How much memory malloc asks of the system at a time, and keeps when it is free. */
static void keep_memory(int bytes)
{
	mallopt(M_TOP_PAD, bytes);
	mallopt(M_MMAP_THRESHOLD, bytes);
	mallopt(M_TRIM_THRESHOLD, bytes);
}

/*
 * One arena, as each of glibc's takes 64 MB of the addresses that a worker may have. What is given back while
 * threads run must be told to every processor, so nothing is until all is loaded.
 */
static struct lexicon *load_all(const struct options *options, struct error *error)
{
	mallopt(M_ARENA_MAX, 1);
	keep_memory(16 << 20);
	struct lexicon *lexicon = setup_all(options->lexicon_dir, options->lexicon_extra_dir, error);
	keep_memory(1 << 20);
	return lexicon;
}

int main(int count, char **arguments)
{
	struct options options = {
	    .listen = -1, .connection = -1, .workers = 1, .seconds = 20, .memory = 256 << 20};
	struct error error = {0};
	if (!take_options(count, arguments, &options)) {
		error_set(&error, STATUS_USAGE,
		    "usage: relance-reader --lexicon DIR [--lexicon-extra DIR] [--layouts DIR] --listen "
		    "FD|--connection FD|--check [--workers N] [--seconds N] [--memory BYTES]");
		return complain(&error);
	}
	if (options.check)
		return check(&options);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		return complain((error_set_errno(&error, STATUS_SOFTWARE, errno, "privileges"), &error));
	struct cage_trial trial;
	if (!pool_begin_trial(options.memory, &trial, &error))
		return complain(&error);
	struct error broken = {0}; /* that there is no cage goes before */
	struct lexicon *lexicon = load_all(&options, &broken);
	if (!pool_end_trial(&trial, &error))
		return complain(&error);
	if (!lexicon)
		return complain(&broken);
	GPtrArray *layouts = options.layout_dir ? setup_layouts(options.layout_dir) : NULL;
	const struct pool_settings settings = {
	    .listen = options.listen,
	    .connection = options.connection,
	    .workers = options.workers,
	    .worker = {.read = reading_of_bytes_taught,
		.read_alone = reading_of_bytes_alone,
		.lexicon = lexicon,
		.layouts = layouts,
		.seconds = options.seconds,
		.memory = options.memory,
		.messages = RETIRE_AFTER},
	};
	pool_run(&settings);
	lexicon_free(lexicon);
	if (layouts)
		g_ptr_array_unref(layouts);
	return STATUS_DONE;
}
