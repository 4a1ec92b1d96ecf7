#include "base/base.h"
#include "host/layout_folder.h"

#include "host/file.h"

#include <errno.h>
#include <glib.h>

enum { FILE_MOST = 64 * 1024, FILES_MOST = 1000 };

static void file_free(gpointer data)
{
	struct layout_file *file = data;
	g_free(file->path);
	g_free(file->complaint);
	layout_free(file->layout);
	g_free(file);
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
	const struct layout_file *const *one = a, *const *other = b;
	return strcmp((*one)->path, (*other)->path);
}

/* The layout of the first COUNT of FILES with that name; NULL where there is none. */
static const struct layout_file *find_name(const GPtrArray *files, guint count, const char *name)
{
	for (guint i = 0; i < count; i++) {
		const struct layout_file *file = files->pdata[i];
		if (file->layout && strcmp(file->layout->name, name) == 0)
			return file;
	}
	return NULL;
}

static void read_layout(const GPtrArray *files, guint index)
{
	struct layout_file *file = files->pdata[index];
	struct buffer text = BUFFER_EMPTY;
	struct error error = {0};
	const struct layout_file *same = NULL;
	if (!file_read(file->path, FILE_MOST, &text, &error))
		file->complaint = g_strdup(error.text);
	else if (strlen(text.bytes) != text.length)
		file->complaint = g_strdup_printf("%s:1: it holds a NUL byte", file->path);
	else if (!layout_parse(text.bytes, &file->layout, &error))
		file->complaint = g_strdup_printf("%s:%s", file->path, error.text);
	else
		same = find_name(files, index, file->layout->name);
	buffer_clear(&text);
	if (!same)
		return;
	file->complaint = g_strdup_printf(
	    "%s:1: the layout \"%s\" is in %s already", file->path, file->layout->name, same->path);
	g_clear_pointer(&file->layout, layout_free);
}

/* The paths first, so that files are read in their order. */
static GPtrArray *list_files(GDir *folder, const char *dir)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(file_free);
	const char *name;
	while (files->len < FILES_MOST && (name = g_dir_read_name(folder))) {
		if (name[0] == '.' || !g_str_has_suffix(name, LAYOUT_SUFFIX))
			continue;
		struct layout_file *file = g_new0(struct layout_file, 1);
		file->path = g_build_filename(dir, name, NULL);
		g_ptr_array_add(files, file);
	}
	g_ptr_array_sort(files, compare_paths);
	return files;
}

GPtrArray *layout_folder_read(const char *dir, struct error *error)
{
	GError *why = NULL;
	GDir *folder = g_dir_open(dir, 0, &why);
	if (!folder) {
		bool missing = g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT);
		if (!missing)
			error_set(error, STATUS_CONFIG, "%s: %s", dir, why->message);
		g_error_free(why);
		return missing ? g_ptr_array_new_with_free_func(file_free) : NULL;
	}
	GPtrArray *files = list_files(folder, dir);
	g_dir_close(folder);
	for (guint i = 0; i < files->len; i++)
		read_layout(files, i);
	return files;
}

char *layout_folder_path(const char *dir, const char *name)
{
	return g_strdup_printf("%s/%s%s", dir, name, LAYOUT_SUFFIX);
}
