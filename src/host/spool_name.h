/* Names in the folders of a spool, and walking over them: shared by the spool_*.c alone. */
#ifndef RELANCE_HOST_SPOOL_NAME_H
#define RELANCE_HOST_SPOOL_NAME_H

#include "host/spool_form.h"

#include <dirent.h>

/* A stem and what comes behind it: ".mail"; ".eml", ".json", ".reason"; or the name of a file without a
 * message. */
struct spool_name {
	char text[SPOOL_STEM_SIZE + 24];
};

struct spool_name spool_name_of(const char *stem, const char *suffix);
/* Copies the stem of NAME where it ends in SUFFIX. */
bool spool_stem_of(const char *name, const char *suffix, char stem[SPOOL_STEM_SIZE]);

bool spool_name_exists(int directory, struct spool_name name);
bool spool_name_move(int from, int to, struct spool_name name, struct error *error);
/* Removes NAME; a missing one is no error. */
bool spool_name_drop(int directory, struct spool_name name, struct error *error);

/* The folder's stream over a descriptor of its own, since streams share the position of theirs; closedir().
 */
DIR *spool_stream_open(int directory, struct error *error);
/* False at the end; a failing readdir(3) is taken as the end, the next walk sees the rest. */
bool spool_stream_next(DIR *stream, const char **name);

#endif
