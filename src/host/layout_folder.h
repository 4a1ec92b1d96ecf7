/* The folder of taught layouts: one file NAME.layout each, in the form of relance-layout(5). */
#ifndef RELANCE_HOST_LAYOUT_FOLDER_H
#define RELANCE_HOST_LAYOUT_FOLDER_H

#include "base/base.h"
#include "document/layout.h"

/* The end of a layout's file name. */
#define LAYOUT_SUFFIX ".layout"

struct layout_file {
	char *path;
	struct layout *layout; /* NULL: broken */
	char *complaint;       /* then "PATH:LINE: what is wrong", else NULL */
};

/*
 * All files of DIR in the order of their names, an array of struct layout_file * that frees them; a broken
 * one is among them with its complaint. A folder that does not exist has none. NULL with ERROR: it cannot be
 * read.
 */
GPtrArray *layout_folder_read(const char *dir, struct error *error);
/* "DIR/NAME.layout"; to be freed with g_free. NAME must be good (layout_name_is_good). */
char *layout_folder_path(const char *dir, const char *name);

#endif
