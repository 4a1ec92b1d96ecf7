/*
 * The form of a file of the spool: its first line, and the checksum that tells a whole file from what a loss
 * of power left. See spool.h. The checksum guards against torn files, not against people.
 */
#ifndef RELANCE_HOST_SPOOL_FORM_H
#define RELANCE_HOST_SPOOL_FORM_H

#include "base/base.h"

#define SPOOL_STEM_SIZE 64
/* The first line; the message begins behind it. */
#define SPOOL_HEAD_SIZE 128
/* Bytes of the longest envelope. */
#define SPOOL_ENVELOPE_MOST 4000000

/* Over bytes that come piece by piece; native byte order, as a spool stays on its machine. */
struct spool_checksum {
	uint64_t sum;
	unsigned char rest[8]; /* bytes that are not a word yet */
	size_t rest_length;
};
void spool_checksum_init(struct spool_checksum *checksum);
void spool_checksum_add(struct spool_checksum *checksum, const void *bytes, size_t length);
uint64_t spool_checksum_value(const struct spool_checksum *checksum);

struct spool_form {
	char stem[SPOOL_STEM_SIZE];
	int64_t size, envelope; /* bytes of the message and of the envelope behind it */
	uint64_t checksum;	/* of both, and of what the first line tells before it */
};

/* The first line; CHECKSUM is that of message and envelope, and FORM's own is not looked at. */
void spool_form_write(
    const struct spool_form *form, const struct spool_checksum *checksum, char head[SPOOL_HEAD_SIZE]);

enum spool_state {
	SPOOL_WHOLE,
	SPOOL_EMPTY, /* no first line: not yet written, or overwritten with zeros */
	SPOOL_DAMAGED,
};
/* Reads the first line of FILE (open for reading) alone; SPOOL_WHOLE: the file is long enough for what it
 * tells. */
enum spool_state spool_form_read(int file, struct spool_form *form);
/* Reads all of it, and looks whether the checksum holds. */
bool spool_form_holds(int file, const struct spool_form *form);

#endif
