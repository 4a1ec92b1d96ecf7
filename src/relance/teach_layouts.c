#include "base/base.h"
#include "relance/teach.h"

#include "host/file.h"
#include "relance/reading_source.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

enum { FILE_MOST = 1024 * 1024 };

/* ---- a layout by its name ---- */

static bool has_stem(const char *path, const char *name)
{
	char *base = g_path_get_basename(path);
	size_t length = strlen(name);
	bool same = strncmp(base, name, length) == 0 && strcmp(base + length, LAYOUT_SUFFIX) == 0;
	g_free(base);
	return same;
}

/* By the name that the file says; a broken one by that of its file. NULL where there is none. */
static const struct layout_file *find_file(const GPtrArray *files, const char *name)
{
	for (guint i = 0; i < files->len; i++) {
		const struct layout_file *file = files->pdata[i];
		if (file->layout != NULL ? strcmp(file->layout->name, name) == 0 : has_stem(file->path, name))
			return file;
	}
	return NULL;
}

static GPtrArray *read_folder(const struct session *session, char **dir, struct error *error)
{
	*dir = reading_layout_dir(session);
	if (**dir == '\0') {
		error_set(error, STATUS_CONFIG, "layout_dir: it is empty, so that there are no layouts");
		return NULL;
	}
	return layout_folder_read(*dir, error);
}

/* The path of the layout NAME; NULL with ERROR where there is none. */
static char *find_path(const struct session *session, const char *name, struct error *error)
{
	char *dir, *path = NULL;
	GPtrArray *files = read_folder(session, &dir, error);
	const struct layout_file *file = files != NULL ? find_file(files, name) : NULL;
	if (file != NULL)
		path = g_strdup(file->path);
	else if (files != NULL)
		error_set(error, STATUS_NO, "%s: no such layout", name);
	if (files != NULL)
		g_ptr_array_unref(files);
	g_free(dir);
	return path;
}

bool teach_find(
    const struct session *session, const char *name, char **path, char **text, struct error *error)
{
	struct buffer content = BUFFER_EMPTY;
	*path = find_path(session, name, error);
	if (*path == NULL)
		return false;
	bool read = file_read(*path, FILE_MOST, &content, error);
	if (read)
		*text = g_strdup(content.bytes);
	buffer_clear(&content);
	return read;
}

/* ---- changes ---- */

/* Where the daemon cannot be told, somebody else must. */
static void reload_daemon(const struct session *session)
{
	pid_t daemon = session->has_config ? session_daemon(session) : 0;
	if (daemon == 0 || kill(daemon, SIGUSR1) == 0 || session->common.quiet)
		return;
	struct error told = {0};
	error_set(&told, STATUS_NO_PERMISSION,
	    "note: relanced takes the layouts in when it reloads (process %d)", (int)daemon);
	session_tell(&told);
}

bool teach_store(
    const struct session *session, const char *name, const char *text, char **path, struct error *error)
{
	const struct teach_options *options = session->options;
	char *dir;
	GPtrArray *files = read_folder(session, &dir, error);
	const struct layout_file *same = files != NULL ? find_file(files, name) : NULL;
	*path = same != NULL ? g_strdup(same->path) : layout_folder_path(dir, name);
	bool good = files != NULL;
	if (good && same != NULL && !options->replace)
		good = error_set(error, STATUS_CANNOT_CREATE,
		    "%s: there is a layout of this name; --replace puts the new one in its place, --name "
		    "gives "
		    "it another",
		    name);
	good = good && folder_make(dir, 0755, error) && file_replace(*path, text, strlen(text), 0644, error);
	if (files != NULL)
		g_ptr_array_unref(files);
	g_free(dir);
	if (good)
		reload_daemon(session);
	return good;
}

bool teach_forget(const struct session *session, const char *name, struct error *error)
{
	char *path = find_path(session, name, error);
	if (path == NULL)
		return false;
	bool gone = unlink(path) == 0 || error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", path);
	g_free(path);
	if (gone)
		reload_daemon(session);
	return gone;
}

/* ---- the list ---- */

static void print_layout(struct printer *printer, const struct layout_file *file)
{
	const struct layout *layout = file->layout;
	const char *words[LAYOUT_ANCHORS_MOST];
	size_t count = 0;
	for (guint i = 0; i < layout->anchors->len && count < ARRAY_LENGTH(words); i++)
		words[count++] =
		    layout_field_word(g_array_index(layout->anchors, struct layout_anchor, i).field);
	printer_text(printer, layout->name);
	printer_texts(printer, (const char *const *)layout->marks->pdata, layout->marks->len);
	printer_texts(printer, words, count);
	printer_text(printer, file->path);
	printer_end_row(printer);
}

bool teach_list(struct session *session, struct error *error)
{
	static const struct field fields[] = {
	    {"name", "Layout", FIELD_TEXT, 0},
	    {"marks", "Recognised by", FIELD_TEXTS, FIELD_WRAPPED},
	    {"fields", "Reads", FIELD_TEXTS, FIELD_WRAPPED},
	    {"file", "File", FIELD_TEXT, FIELD_FOR_MACHINES},
	};
	char *dir;
	int broken = 0;
	GPtrArray *files = read_folder(session, &dir, error);
	g_free(dir);
	if (files == NULL)
		return false;
	struct printer *printer = session_printer(session);
	printer_begin_list(printer, "layouts", NULL, fields, ARRAY_LENGTH(fields));
	for (guint i = 0; i < files->len; i++) {
		const struct layout_file *file = files->pdata[i];
		struct error told = {0};
		if (file->layout != NULL) {
			print_layout(printer, file);
			continue;
		}
		error_set(&told, STATUS_DATA, "%s", file->complaint);
		session_tell(&told);
		broken++;
	}
	printer_end_list(printer);
	int all = (int)files->len;
	g_ptr_array_unref(files);
	if (broken == 0)
		return true;
	session->printer = NULL;
	return printer_finish(printer, error) &&
	       error_set(error, STATUS_DATA, "teach: %d of %d layouts are broken and left out", broken, all);
}
