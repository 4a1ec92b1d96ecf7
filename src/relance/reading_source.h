/* Readings of files for `read`, `explain` and `import mail`: a caged worker of our own, started at the first
 * file. */
#ifndef RELANCE_RELANCE_READING_SOURCE_H
#define RELANCE_RELANCE_READING_SOURCE_H

#include "reader/client.h"
#include "relance/session.h"

struct reading_source {
	const struct session *session;
	struct reader_client *client; /* NULL: none is running */
	char *layout_dir;	      /* owned; NULL: none are used */
	const char *extra_dir;	      /* borrowed: the site's lexicons; NULL: those of the configuration */
};

/* In caller storage. Uses the configuration where the session has one, else the defaults. */
void reading_source_init(struct reading_source *source, const struct session *session);
/* The same with the layouts of LAYOUT_DIR instead of those of the configuration; NULL: with none. */
void reading_source_init_with(
    struct reading_source *source, const struct session *session, const char *layout_dir);
/* Ends the worker; the next reading starts another one. */
void reading_source_stop(struct reading_source *source);
/* Where the shipped lexicons are: the environment's word, the configuration's, or beside the program; g_free.
 */
char *reading_source_lexicons(const struct session *session);
void reading_source_clear(struct reading_source *source);
/*
 * Reads FILE, or the descriptor MESSAGE when that is not -1 (FILE is its name then). False with ERROR: the
 * file cannot be opened or the worker could not read it (STATUS_DATA), or no worker can be had
 * (STATUS_UNAVAILABLE). The caller clears ANSWER after true.
 */
bool reading_source_read(struct reading_source *source, const char *file, int message,
    struct reader_answer *answer, struct error *error);
/* Sends the descriptor LESSON (reading/lesson.h); true with its answer, a new reference. */
bool reading_source_teach(struct reading_source *source, int lesson, json_t **answer, struct error *error);
/* The folder of taught layouts: the environment's, else the configuration's, else the default one; "": none.
 * To be freed with g_free. */
char *reading_layout_dir(const struct session *session);
/* {"schema":1,"file":FILE,"error":TEXT} */
json_t *reading_of_error(const char *file, const char *text);
/* One line of JSON on standard output; plain ASCII on a terminal. */
void reading_write_line(const json_t *reading);
/* For people, several lines. */
void reading_describe(const json_t *reading, struct buffer *text);
/* What a message does (of struct effect *), one line each. */
void effects_describe(const GPtrArray *effects, struct buffer *text);

#endif
