/* Whole files: reading one, replacing one so that there is always either the old or the new, and folders. No
 * GLib here. */
#ifndef RELANCE_HOST_FILE_H
#define RELANCE_HOST_FILE_H

#include "base/base.h"
#include "base/buffer.h"

#include <sys/types.h>

/* Replaces CONTENT by what PATH holds, at most MOST bytes (more is an error). A missing file is an error,
 * too, with errno ENOENT left for the caller to look at. */
bool file_read(const char *path, int64_t most, struct buffer *content, struct error *error);
/* The same for NAME in the folder DIRECTORY (a descriptor). */
bool file_read_at(int directory, const char *name, int64_t most, struct buffer *content, struct error *error);

/* Replaces PATH atomically and durably: a temporary file beside it, fsync, rename, fsync of the folder. */
bool file_replace(const char *path, const void *bytes, size_t length, mode_t mode, struct error *error);

/* Writes all of it, whatever write(2) takes at once; false leaves errno. */
bool write_all(int descriptor, const void *bytes, size_t length);

/* Makes a folder and those above it where they are missing; the last one gets MODE. */
bool folder_make(const char *path, mode_t mode, struct error *error);
/* fsync of a folder: its names are durable. */
bool folder_sync(int descriptor, struct error *error);

#endif
