#include "base/base.h"
#include "host/front_stats.h"

#include "base/buffer.h"
#include "host/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

/* The first number of the file; its last digit is the version of the form. */
#define FRONT_STATS_MAGIC UINT64_C(0x52656c616e636501)

struct front_stats {
	uint64_t magic;
	_Atomic uint64_t counts[FRONT_COUNTS];
};

const char *front_count_name(enum front_count count)
{
	static const char *const names[FRONT_COUNTS] = {
	    [FRONT_SEEN] = "seen",
	    [FRONT_OUTGOING] = "outgoing",
	    [FRONT_INCOMING] = "incoming",
	    [FRONT_CUT] = "cut",
	    [FRONT_LOST_SIZE] = "lost_size",
	    [FRONT_LOST_BUSY] = "lost_busy",
	    [FRONT_LOST_SPOOL_FULL] = "lost_spool_full",
	    [FRONT_LOST_HEADERS] = "lost_headers",
	    [FRONT_LOST_ERROR] = "lost_error",
	    [FRONT_WATCHLIST_MISSED] = "watchlist_missed",
	};
	return names[count];
}

static void path_of(const char *run_dir, struct buffer *path)
{
	buffer_printf(path, "%s/front.stats", run_dir);
}

/* A file that is not of our form is replaced as a whole, so that who maps the old one is not cut short. */
static bool make_anew(const char *path, struct error *error)
{
	struct front_stats fresh = {.magic = FRONT_STATS_MAGIC};
	return file_replace(path, &fresh, sizeof(fresh), 0644, error);
}

static bool is_ours(const char *path)
{
	struct buffer content = BUFFER_EMPTY;
	uint64_t magic = 0;
	bool read = file_read(path, sizeof(struct front_stats), &content, NULL) &&
		    content.length == sizeof(struct front_stats);
	if (read)
		memcpy(&magic, content.bytes, sizeof(magic));
	buffer_clear(&content);
	return magic == FRONT_STATS_MAGIC;
}

struct front_stats *front_stats_open(const char *run_dir, struct error *error)
{
	struct buffer path = BUFFER_EMPTY;
	path_of(run_dir, &path);
	void *mapped = MAP_FAILED;
	if (is_ours(path.bytes) || make_anew(path.bytes, error)) {
		int file = open(path.bytes, O_RDWR | O_CLOEXEC);
		if (file >= 0)
			mapped = mmap(
			    NULL, sizeof(struct front_stats), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
		if (mapped == MAP_FAILED)
			error_set_errno(error, STATUS_IO, errno, "%s", path.bytes);
		if (file >= 0)
			close(file);
	}
	buffer_clear(&path);
	return mapped == MAP_FAILED ? NULL : mapped;
}

void front_stats_close(struct front_stats *stats)
{
	if (stats)
		munmap(stats, sizeof(*stats));
}

void front_stats_add(struct front_stats *stats, enum front_count count)
{
	if (stats)
		atomic_fetch_add_explicit(&stats->counts[count], 1, memory_order_relaxed);
}

bool front_stats_read(const char *run_dir, uint64_t counts[FRONT_COUNTS], struct error *error)
{
	struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
	path_of(run_dir, &path);
	bool read = file_read(path.bytes, sizeof(struct front_stats), &content, error);
	uint64_t magic = 0;
	if (read && content.length == sizeof(struct front_stats))
		memcpy(&magic, content.bytes, sizeof(magic));
	if (read && magic != FRONT_STATS_MAGIC)
		read = error_set(error, STATUS_DATA, "%s: holds no counters", path.bytes);
	if (read)
		memcpy(counts, content.bytes + offsetof(struct front_stats, counts),
		    FRONT_COUNTS * sizeof(*counts));
	buffer_clear(&path);
	buffer_clear(&content);
	return read;
}
