#include "base/base.h"
#include "host/installation.h"
#include "host/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#define MOST_FILES 100
#define MOST_BYTES (1024 * 1024)

/* One of the files whose texts stand behind each other. */
struct part {
	char *path;
	int first_line;
};

struct parts {
	struct part part[MOST_FILES];
	int count;
	struct buffer text;
	int lines;
};

char *installation_place(const char *folder, const char *name)
{
	struct buffer path = BUFFER_EMPTY;
	buffer_printf(&path, "%s/%s", folder, name);
	return buffer_take(&path);
}

/* The folder of this program; false where /proc does not say. */
static bool program_folder(char folder[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
	if (length <= 0)
		return false;
	folder[length] = '\0';
	char *slash = strrchr(folder, '/');
	if (slash == NULL)
		return false;
	*slash = '\0';
	return true;
}

char *installation_find(const char *path, const char *built)
{
	static const char *const steps[] = {"", "../"};
	char folder[PATH_MAX];
	struct buffer found = BUFFER_EMPTY;
	if (access(path, R_OK) != 0 && program_folder(folder)) {
		for (size_t i = 0; i < ARRAY_LENGTH(steps); i++) {
			buffer_clear(&found);
			buffer_printf(&found, "%s/%s%s", folder, steps[i], built);
			if (access(found.bytes, R_OK) == 0)
				return buffer_take(&found);
		}
	}
	buffer_clear(&found);
	buffer_append_text(&found, path);
	return buffer_take(&found);
}

/* Takes the place of *PATH. */
static void find_instead(char **path, const char *built)
{
	char *found = installation_find(*path, built);
	free(*path);
	*path = found;
}

/* Appends the file at PATH (taken over). */
static bool add_part(struct parts *parts, char *path, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	size_t before = parts->text.length;
	bool read = file_read(path, MOST_BYTES, &text, error);
	buffer_append(&parts->text, text.bytes, text.length);
	buffer_clear(&text);
	if (!read) {
		error->status = STATUS_CONFIG;
		free(path);
		return false;
	}
	if (strlen(parts->text.bytes + before) != parts->text.length - before) {
		error_set(error, STATUS_CONFIG, "%s: holds a NUL byte", path);
		free(path);
		return false;
	}
	parts->part[parts->count++] = (struct part){path, parts->lines + 1};
	if (parts->text.length > before && parts->text.bytes[parts->text.length - 1] != '\n')
		buffer_append_char(&parts->text, '\n');
	for (const char *c = parts->text.bytes + before; *c != '\0'; c++)
		parts->lines += *c == '\n';
	return true;
}

static int is_drop_in(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);
	return length > 5 && entry->d_name[0] != '.' && strcmp(entry->d_name + length - 5, ".conf") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool add_drop_ins(struct parts *parts, const char *path, struct error *error)
{
	const char *slash = strrchr(path, '/');
	struct buffer folder = BUFFER_EMPTY;
	if (slash != NULL)
		buffer_append(&folder, path, (size_t)(slash - path + 1));
	buffer_append_text(&folder, "conf.d");
	struct dirent **entries;
	int count = scandir(folder.bytes, &entries, is_drop_in, by_name);
	bool ok = count >= 0 || errno == ENOENT || errno == ENOTDIR ||
		  error_set_errno(error, STATUS_CONFIG, errno, "%s", folder.bytes);
	for (int i = 0; i < count; i++) {
		if (ok && parts->count == MOST_FILES)
			ok = error_set(error, STATUS_CONFIG, "%s: too many files", folder.bytes);
		ok = ok && add_part(parts, installation_place(folder.bytes, entries[i]->d_name), error);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	buffer_clear(&folder);
	return ok;
}

/* "PATH:LINE: …" counts through all files: makes it the file and line that a person can go to. */
static void relocate(const struct parts *parts, const char *path, struct error *error)
{
	size_t length = strlen(path);
	char *end;
	if (parts->count < 2 || strncmp(error->text, path, length) != 0 || error->text[length] != ':')
		return;
	long line = strtol(error->text + length + 1, &end, 10);
	if (line <= 0 || *end != ':')
		return;
	int at = parts->count - 1;
	while (at > 0 && parts->part[at].first_line > line)
		at--;
	char *rest = strdup(end);
	if (rest == NULL)
		abort();
	error_set(error, error->status, "%s:%ld%s", parts->part[at].path,
	    line - parts->part[at].first_line + 1, rest);
	free(rest);
}

bool installation_load(const char *path, struct config *config, struct error *error)
{
	struct parts *parts = calloc(1, sizeof *parts);
	char *name = strdup(path);
	if (parts == NULL || name == NULL)
		abort();
	buffer_init(&parts->text);
	bool ok = add_part(parts, name, error) && add_drop_ins(parts, path, error);
	if (ok && !config_parse(path, parts->text.bytes, config, error)) {
		relocate(parts, path, error);
		ok = false;
	}
	if (ok) {
		find_instead(&config->lexicon_dir, "conf/lexicon");
		find_instead(&config->template_dir, "conf/templates");
	}
	for (int i = 0; i < parts->count; i++)
		free(parts->part[i].path);
	buffer_clear(&parts->text);
	free(parts);
	return ok;
}
