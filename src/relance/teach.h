/* `relance teach`, in its parts: the lesson, trying, and the folder of layouts. */
#ifndef RELANCE_RELANCE_TEACH_H
#define RELANCE_RELANCE_TEACH_H

#include "host/layout_folder.h"
#include "relance/session.h"

struct teach_options {
	const char *name, *try, *show, *forget;
	bool replace, list;
};

/* One sample of the command line. */
struct teach_sample {
	const char *file; /* borrowed */
	const char *values[LAYOUT_FIELD_COUNT];
	size_t count; /* of its values */
};

/* What the arguments say. */
struct teach_request {
	GArray *samples;      /* of struct teach_sample: those with values */
	GPtrArray *tried;     /* of char *, owned: files to try the layout on */
	GPtrArray *marks;     /* of char *, borrowed: mark=TEXT */
	const char *currency; /* currency=CODE, or NULL */
};

/* In caller storage; teach_request_clear() also after an error. */
bool teach_request_read(const struct session *session, struct teach_request *request, struct error *error);
void teach_request_clear(struct teach_request *request);

/*
 * Has the layout derived in the cage. TEXT is its file's content; the notes are told on standard error. Both
 * it and NAME are to be freed with g_free.
 */
bool teach_lesson(struct session *session, const struct teach_request *request, char **name, char **text,
    struct error *error);

/* Prints what the layout of TEXT would read from the files, beside what is read without it. */
bool teach_try(
    struct session *session, const GPtrArray *files, const char *name, const char *text, struct error *error);

/* Stores the layout and lets a running daemon take it in; PATH is owned by the caller. */
bool teach_store(
    const struct session *session, const char *name, const char *text, char **path, struct error *error);
bool teach_list(struct session *session, struct error *error);
/* The file of the layout NAME, its path and its content; both to be freed with g_free. */
bool teach_find(
    const struct session *session, const char *name, char **path, char **text, struct error *error);
bool teach_forget(const struct session *session, const char *name, struct error *error);

#endif
