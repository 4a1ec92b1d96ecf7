/*
 * read-speed [--seconds N] [--only WAY] FILE...: how fast files are read, in three ways or in one of them.
 *
 *   start   from starting relance-reader to the first answer: the median of 21, in milliseconds
 *   bare    bytes to reading to JSON in this process: readings a second, in N seconds (3), each file at least
 *           once
 *   caged   the same through the cage, by one client that waits for each answer
 *
 * The folders are those of the build (top_builddir, top_srcdir).
 */
#include "base/base.h"
#include "reader/client.h"
#include "reader/setup.h"
#include "reading/reading.h"

#include <fcntl.h>
#include <getopt.h>
#include <sys/resource.h>
#include <unistd.h>

#define STARTS 21

struct file {
	int descriptor;
	char *bytes;
	gsize length;
	const char *name;
};

struct world {
	char *program;
	char *lexicon_dir;
	GArray *files;	 /* of struct file */
	gint64 duration; /* microseconds */
	const char *only;
};

static void fail(const struct error *error)
{
	fprintf(stderr, "read-speed: %s\n", error->text);
	exit(1);
}

static struct reader_client *start(const struct world *world)
{
	struct error error = {0};
	struct reader_client *client =
	    reader_client_start(world->program, world->lexicon_dir, NULL, NULL, 20, 256 << 20, &error);
	if (!client)
		fail(&error);
	return client;
}

static void ask(struct reader_client *client, const struct file *file)
{
	struct reader_answer answer;
	struct error error = {0};
	if (reader_client_read(client, file->descriptor, file->name, &answer, &error) != READER_DONE)
		fail(&error);
	reader_answer_clear(&answer);
}

static int compare_times(const void *a, const void *b)
{
	const gint64 *first = a, *second = b;
	return (*first > *second) - (*first < *second);
}

static void measure_start(const struct world *world)
{
	gint64 times[STARTS];
	for (int i = 0; i < STARTS; i++) {
		gint64 from = g_get_monotonic_time();
		struct reader_client *client = start(world);
		ask(client, &g_array_index(world->files, struct file, 0));
		times[i] = g_get_monotonic_time() - from;
		reader_client_free(client);
	}
	qsort(times, STARTS, sizeof times[0], compare_times);
	printf("start %.1f ms (best %.1f)\n", (double)times[STARTS / 2] / 1000, (double)times[0] / 1000);
}

static void read_bare(const struct file *file, const struct lexicon *lexicon)
{
	struct reading *reading = reading_of_bytes(file->bytes, file->length, file->name, lexicon);
	json_t *json = reading_to_json(reading);
	char *text = json_dumps(json, READING_JSON_FLAGS);
	free(text);
	json_decref(json);
	reading_free(reading);
}

/* CPU time of this process and of those it has waited for, microseconds. */
static gint64 cpu_time(void)
{
	gint64 sum = 0;
	const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	for (size_t i = 0; i < ARRAY_LENGTH(whose); i++) {
		struct rusage usage;
		if (getrusage(whose[i], &usage))
			continue;
		sum += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * (gint64)1000000;
		sum += usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
	}
	return sum;
}

/* Prints readings a second and megabytes a second. */
static void print_rate(const char *name, const struct world *world, guint64 count, gint64 taken, gint64 cpu)
{
	guint64 bytes = 0;
	for (guint i = 0; i < world->files->len; i++)
		bytes += g_array_index(world->files, struct file, i).length;
	printf("%s %.0f readings per CPU second, %.0f/s by the clock, %.1f kB each\n", name,
	    (double)count * 1e6 / (double)cpu, (double)count * 1e6 / (double)taken,
	    (double)bytes / world->files->len / 1000);
}

static void measure_bare(const struct world *world)
{
	struct error error = {0};
	setup_libraries();
	struct lexicon *lexicon = setup_lexicon(world->lexicon_dir, NULL, &error);
	if (!lexicon)
		fail(&error);
	gint64 from = g_get_monotonic_time(), now = from, cpu = cpu_time();
	guint64 count = 0;
	for (guint i = 0; now - from < world->duration || count < world->files->len;
	     i = (i + 1) % world->files->len, count++) {
		read_bare(&g_array_index(world->files, struct file, i), lexicon);
		now = g_get_monotonic_time();
	}
	print_rate("bare", world, count, now - from, cpu_time() - cpu);
	lexicon_free(lexicon);
}

static void measure_caged(const struct world *world)
{
	struct reader_client *client = start(world);
	ask(client, &g_array_index(world->files, struct file, 0));
	gint64 from = g_get_monotonic_time(), now = from, cpu = cpu_time();
	guint64 count = 0;
	for (guint i = 0; now - from < world->duration; i = (i + 1) % world->files->len, count++) {
		ask(client, &g_array_index(world->files, struct file, i));
		now = g_get_monotonic_time();
	}
	reader_client_free(client);
	print_rate("caged", world, count, now - from, cpu_time() - cpu);
}

static void load(struct world *world, const char *path)
{
	struct file file = {.descriptor = open(path, O_RDONLY | O_CLOEXEC), .name = path};
	if (file.descriptor < 0 || !g_file_get_contents(path, &file.bytes, &file.length, NULL)) {
		fprintf(stderr, "read-speed: %s cannot be read\n", path);
		exit(1);
	}
	g_array_append_val(world->files, file);
}

static const struct {
	const char *name;
	void (*measure)(const struct world *world);
} ways[] = {{"start", measure_start}, {"bare", measure_bare}, {"caged", measure_caged}};

int main(int count, char **arguments)
{
	static const struct option known[] = {{"seconds", required_argument, NULL, 's'},
	    {"only", required_argument, NULL, 'o'}, {NULL, 0, NULL, 0}};
	const char *build = getenv("top_builddir"), *source = getenv("top_srcdir");
	struct world world = {.program = g_build_filename(build ? build : ".", "relance-reader", NULL),
	    .lexicon_dir = g_build_filename(source ? source : "..", "conf", "lexicon", NULL),
	    .files = g_array_new(FALSE, FALSE, sizeof(struct file)),
	    .duration = 3000000};
	int option;
	while ((option = getopt_long(count, arguments, "", known, NULL)) == 's' || option == 'o')
		if (option == 's')
			world.duration = strtoll(optarg, NULL, 10) * 1000000;
		else
			world.only = optarg;
	for (int i = optind; i < count && world.files->len < 500; i++)
		load(&world, arguments[i]);
	if (option != -1 || !world.files->len) {
		fprintf(stderr, "usage: read-speed [--seconds N] [--only start|bare|caged] FILE...\n");
		return STATUS_USAGE;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(ways); i++)
		if (!world.only || strcmp(world.only, ways[i].name) == 0)
			ways[i].measure(&world);
	return STATUS_DONE;
}
