/*
 * read-json [--program RELANCE-READER] [--lexicon DIR] [--seconds N] [--memory BYTES] [--check] [--compare]
 *           [--slow] FILE...
 *
 * Prints the reading of each file as `relance read --json` does, by one caged worker, for the figures over
 * test data.
 * --check also parses each reading as the clerk does, and complains about one that it would refuse. --compare
 * also reads the file outside of the cage, and complains where that gives something else: the cage must not
 * be felt. Defaults are those of the build folder. Slow files (over 200 ms) are named on standard error with
 * --slow.
 */
#include "base/base.h"
#include "reader/client.h"
#include "reader/setup.h"
#include "reading/reading.h"

#include <getopt.h>

struct options {
	const char *program;
	const char *lexicon;
	int seconds;
	int64_t memory;
	bool check;
	bool compare;
	bool slow;
};

static const struct option known_options[] = {
    {"program", required_argument, NULL, 'p'},
    {"lexicon", required_argument, NULL, 'l'},
    {"seconds", required_argument, NULL, 's'},
    {"memory", required_argument, NULL, 'm'},
    {"check", no_argument, NULL, 'c'},
    {"compare", no_argument, NULL, 'o'},
    {"slow", no_argument, NULL, 'w'},
    {NULL, 0, NULL, 0},
};

static bool take_options(int count, char **arguments, struct options *options)
{
	int option;
	while ((option = getopt_long(count, arguments, "", known_options, NULL)) >= 0)
		switch (option) {
		case 'p':
			options->program = optarg;
			break;
		case 'l':
			options->lexicon = optarg;
			break;
		case 's':
			options->seconds = (int)strtol(optarg, NULL, 10);
			break;
		case 'm':
			options->memory = strtoll(optarg, NULL, 10);
			break;
		case 'c':
			options->check = true;
			break;
		case 'o':
			options->compare = true;
			break;
		case 'w':
			options->slow = true;
			break;
		default:
			return false;
		}
	return true;
}

/* What stays the same after a way through the clerk's parser and back: everything. */
static bool is_accepted(const json_t *json)
{
	struct reading *reading;
	struct error error = {0};
	if (!reading_from_json(json, &reading, &error)) {
		fprintf(stderr, "refused: %s: %s\n", json_string_value(json_object_get(json, "file")),
		    error.text);
		return false;
	}
	json_t *again = reading_to_json(reading);
	bool is_same = json_equal(json, again);
	if (!is_same)
		fprintf(stderr, "changed: %s\n", json_string_value(json_object_get(json, "file")));
	json_decref(again);
	reading_free(reading);
	return is_same;
}

static void compare(const json_t *caged, const char *path, const struct lexicon *lexicon)
{
	char *bytes;
	gsize length;
	if (!g_file_get_contents(path, &bytes, &length, NULL))
		return;
	struct reading *reading = reading_of_bytes(bytes, length, path, lexicon);
	json_t *bare = reading_to_json(reading);
	char *text = json_dumps(bare, READING_JSON_FLAGS),
	     *caged_text = json_dumps(caged, READING_JSON_FLAGS);
	if (strcmp(text, caged_text))
		fprintf(stderr, "changed by the cage: %s\n", path);
	free(text);
	free(caged_text);
	json_decref(bare);
	reading_free(reading);
	g_free(bytes);
}

static enum exit_status print_one(struct reader_client *client, const char *path,
    const struct options *options, const struct lexicon *lexicon)
{
	enum exit_status status;
	gint64 start = g_get_monotonic_time();
	json_t *json = reader_client_read_file(client, path, &status);
	gint64 taken = g_get_monotonic_time() - start;
	if (options->slow && taken > 200000)
		fprintf(stderr, "slow: %s: %d ms\n", path, (int)(taken / 1000));
	if (options->check && !is_accepted(json))
		status = STATUS_DATA;
	if (lexicon)
		compare(json, path, lexicon);
	json_dumpf(json, stdout, READING_JSON_FLAGS);
	putchar('\n');
	json_decref(json);
	return status;
}

int main(int count, char **arguments)
{
	struct options options = {.seconds = 20, .memory = 256 << 20};
	const char *build = getenv("top_builddir"), *source = getenv("top_srcdir");
	char *program = g_build_filename(build ? build : ".", "relance-reader", NULL);
	char *lexicon_dir = g_build_filename(source ? source : "..", "conf", "lexicon", NULL);
	options.program = program;
	options.lexicon = lexicon_dir;
	struct error error = {0};
	struct reader_client *client = take_options(count, arguments, &options)
					   ? reader_client_start(options.program, options.lexicon, NULL, NULL,
						 options.seconds, options.memory, &error)
					   : NULL;
	enum exit_status status = STATUS_DONE;
	if (!client) {
		fprintf(stderr, "read-json: %s\n", error.text);
		status = STATUS_USAGE;
	}
	struct lexicon *lexicon = NULL;
	if (client && options.compare) {
		setup_libraries();
		lexicon = setup_lexicon(options.lexicon, NULL, &error);
	}
	for (int i = optind; client && status != STATUS_UNAVAILABLE && i < count; i++) {
		enum exit_status one = print_one(client, arguments[i], &options, lexicon);
		status = one ? one : status;
	}
	lexicon_free(lexicon);
	reader_client_free(client);
	g_free(program);
	g_free(lexicon_dir);
	return (int)status;
}
