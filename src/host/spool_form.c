#include "base/base.h"
#include "host/spool_form.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC		  "relance-spool 1 "
#define MESSAGE_SIZE_MOST ((int64_t)1 << 40)

/* ---- the checksum ---- */

static uint64_t mix(uint64_t sum, const void *bytes)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15); /* odd: no two words have the same product */
	return sum ^ sum >> 29;
}

void spool_checksum_init(struct spool_checksum *checksum)
{
	*checksum = (struct spool_checksum){.sum = UINT64_C(0xcbf29ce484222325)};
}

void spool_checksum_add(struct spool_checksum *checksum, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	const size_t whole = sizeof checksum->rest;
	for (; length && (checksum->rest_length || length < whole); length--) {
		checksum->rest[checksum->rest_length++] = *at++;
		if (checksum->rest_length == whole) {
			checksum->sum = mix(checksum->sum, checksum->rest);
			checksum->rest_length = 0;
		}
	}
	for (; length >= whole; length -= whole, at += whole)
		checksum->sum = mix(checksum->sum, at);
	if (length) {
		memcpy(checksum->rest, at, length);
		checksum->rest_length = length;
	}
}

uint64_t spool_checksum_value(const struct spool_checksum *checksum)
{
	unsigned char last[8] = {0};
	memcpy(last, checksum->rest, checksum->rest_length);
	uint64_t count = checksum->rest_length;
	return mix(mix(checksum->sum, last), &count);
}

/* ---- the first line ---- */

/* The first line up to the checksum, and the checksum with it. */
static uint64_t begin_line(
    const struct spool_form *form, struct spool_checksum checksum, char line[SPOOL_HEAD_SIZE])
{
	int length = snprintf(line, SPOOL_HEAD_SIZE, MAGIC "%s %" PRId64 " %" PRId64 " ", form->stem,
	    form->size, form->envelope);
	if (length < 0 || length >= SPOOL_HEAD_SIZE - 17)
		abort(); /* all of its parts are bounded */
	spool_checksum_add(&checksum, line, (size_t)length);
	return spool_checksum_value(&checksum);
}

void spool_form_write(
    const struct spool_form *form, const struct spool_checksum *checksum, char head[SPOOL_HEAD_SIZE])
{
	char line[SPOOL_HEAD_SIZE], sum[17];
	snprintf(sum, sizeof sum, "%016" PRIx64, begin_line(form, *checksum, line));
	memset(head, ' ', SPOOL_HEAD_SIZE);
	memcpy(head, line, strlen(line));
	memcpy(head + strlen(line), sum, strlen(sum));
	head[SPOOL_HEAD_SIZE - 1] = '\n';
}

static ssize_t read_some(int file, void *to, size_t length, int64_t at)
{
	ssize_t got;
	do
		got = pread(file, to, length, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

/* A stem is part of a path: digits and points, and no point first. */
static bool take_stem(const char **at, char stem[SPOOL_STEM_SIZE])
{
	size_t length = strspn(*at, "0123456789.");
	if (!length || length >= SPOOL_STEM_SIZE || **at == '.')
		return false;
	memcpy(stem, *at, length);
	stem[length] = '\0';
	*at += length;
	return true;
}

/* A blank and a number in BASE of at most MOST. */
static bool take_number(const char **at, int base, uint64_t most, uint64_t *number)
{
	char *end;
	if (**at != ' ' || (*at)[1] == ' ' || (*at)[1] == '-' || (*at)[1] == '+')
		return false;
	errno = 0;
	*number = strtoull(*at + 1, &end, base);
	bool taken = end != *at + 1 && !errno && *number <= most;
	*at = end;
	return taken;
}

static bool parse(const char *head, struct spool_form *form)
{
	uint64_t size, envelope;
	const char *at = head + strlen(MAGIC);
	if (strncmp(head, MAGIC, strlen(MAGIC)) || !take_stem(&at, form->stem) ||
	    !take_number(&at, 10, MESSAGE_SIZE_MOST, &size) ||
	    !take_number(&at, 10, SPOOL_ENVELOPE_MOST, &envelope) ||
	    !take_number(&at, 16, UINT64_MAX, &form->checksum))
		return false;
	form->size = (int64_t)size;
	form->envelope = (int64_t)envelope;
	at += strspn(at, " ");
	return !strcmp(at, "\n");
}

enum spool_state spool_form_read(int file, struct spool_form *form)
{
	char head[SPOOL_HEAD_SIZE + 1] = "";
	struct stat status;
	if (fstat(file, &status) < 0 || read_some(file, head, SPOOL_HEAD_SIZE, 0) < 0)
		return SPOOL_DAMAGED;
	if (!*head)
		return SPOOL_EMPTY;
	bool whole = parse(head, form) && status.st_size >= SPOOL_HEAD_SIZE + form->size + form->envelope;
	return whole ? SPOOL_WHOLE : SPOOL_DAMAGED;
}

bool spool_form_holds(int file, const struct spool_form *form)
{
	char part[16384], line[SPOOL_HEAD_SIZE];
	struct spool_checksum checksum;
	spool_checksum_init(&checksum);
	int64_t at = SPOOL_HEAD_SIZE, end = SPOOL_HEAD_SIZE + form->size + form->envelope;
	while (at < end) {
		size_t wanted = end - at < (int64_t)sizeof part ? (size_t)(end - at) : sizeof part;
		ssize_t got = read_some(file, part, wanted, at);
		if (got <= 0)
			return false;
		spool_checksum_add(&checksum, part, (size_t)got);
		at += got;
	}
	return begin_line(form, checksum, line) == form->checksum;
}
