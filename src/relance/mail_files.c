#include "base/base.h"
#include "relance/mail_files.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_PIPED ((gsize)256 * 1024 * 1024)

static void free_place(void *pointer)
{
	struct mail_place *place = pointer;
	g_free(place->file);
	if (place->all != NULL)
		g_bytes_unref(place->all);
	g_free(place);
}

/* Where the mails of one file are put. */
struct mail_list {
	GPtrArray *places;
	const char *file;
	GBytes *all; /* NULL: they stay in the file */
};

static void add_place(const struct mail_list *list, off_t begin, off_t length, int number)
{
	struct mail_place *place = g_new(struct mail_place, 1);
	*place = (struct mail_place){
	    g_strdup(list->file), begin, length, number, list->all == NULL ? NULL : g_bytes_ref(list->all)};
	g_ptr_array_add(list->places, place);
}

/* "From " at the start of a line behind an empty line begins the next mail (mboxrd, mboxo). */
static void split_mbox(const struct mail_list *list, const char *bytes, gsize length)
{
	const char *end = bytes + length;
	const char *line = bytes;
	const char *begin = NULL;
	bool empty_before = true;
	int number = 0;
	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		const char *next = stop == NULL ? end : stop + 1;
		if (empty_before && end - line >= 5 && memcmp(line, "From ", 5) == 0) {
			if (begin != NULL)
				add_place(list, begin - bytes, line - begin, ++number);
			begin = next;
		}
		empty_before = next - line == 1 || (next - line == 2 && *line == '\r');
		line = next;
	}
	if (begin != NULL)
		add_place(list, begin - bytes, end - begin, ++number);
}

/* What is in FILE; NULL with ERROR. */
static GBytes *file_bytes(const char *file, struct error *error)
{
	GError *problem = NULL;
	GMappedFile *mapped = g_mapped_file_new(file, FALSE, &problem);
	if (mapped == NULL) {
		error_set(error, STATUS_DATA, "%s", problem->message);
		g_error_free(problem);
		return NULL;
	}
	GBytes *bytes = g_mapped_file_get_bytes(mapped);
	g_mapped_file_unref(mapped);
	return bytes;
}

static void add_mails(const struct mail_list *list, GBytes *content)
{
	gsize length;
	const char *bytes = g_bytes_get_data(content, &length);
	if (length >= 5 && memcmp(bytes, "From ", 5) == 0)
		split_mbox(list, bytes, length);
	else if (length > 0)
		add_place(list, 0, -1, 0);
}

static bool add_file(GPtrArray *places, const char *file, struct error *error)
{
	GBytes *bytes = file_bytes(file, error);
	if (bytes == NULL)
		return false;
	add_mails(&(struct mail_list){places, file, NULL}, bytes);
	g_bytes_unref(bytes);
	return true;
}

static bool add_standard_input(GPtrArray *places, struct error *error)
{
	GByteArray *taken = g_byte_array_new();
	char piece[65536];
	ssize_t length = 0;
	while (taken->len <= MOST_PIPED && (length = read(STDIN_FILENO, piece, sizeof piece)) > 0)
		g_byte_array_append(taken, (const guint8 *)piece, (guint)length);
	int problem = length < 0 ? errno : 0;
	bool fits = taken->len <= MOST_PIPED;
	GBytes *bytes = g_byte_array_free_to_bytes(taken);
	if (problem == 0 && fits)
		add_mails(&(struct mail_list){places, "-", bytes}, bytes);
	g_bytes_unref(bytes);
	return problem != 0 ? error_set_errno(error, STATUS_IO, problem, "standard input")
			    : fits || error_set(error, STATUS_DATA, "standard input: more than 256 MB");
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool add_path(GPtrArray *places, const char *path, int depth, struct error *error);

static bool add_folder(GPtrArray *places, const char *folder, int depth, struct error *error)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_visible, alphasort);
	bool ok = count >= 0 || error_set_errno(error, STATUS_DATA, errno, "%s", folder);
	for (int i = 0; i < count; i++) {
		char *path = g_build_filename(folder, entries[i]->d_name, NULL);
		ok = ok && add_path(places, path, depth + 1, error);
		g_free(path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return ok;
}

/* Plain files and folders (a Maildir has them two deep); what is neither is passed over. */
static bool add_path(GPtrArray *places, const char *path, int depth, struct error *error)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return error_set_errno(error, STATUS_DATA, errno, "%s", path);
	if (S_ISDIR(status.st_mode) && depth < 8)
		return add_folder(places, path, depth, error);
	return !S_ISREG(status.st_mode) || add_file(places, path, error);
}

GPtrArray *mail_files_list(const char *path, struct error *error)
{
	GPtrArray *places = g_ptr_array_new_with_free_func(free_place);
	if (strcmp(path, "-") == 0 ? add_standard_input(places, error) : add_path(places, path, 0, error))
		return places;
	g_ptr_array_unref(places);
	return NULL;
}

/* One ">" is taken from lines that begin with any number of them and "From ". */
static GBytes *unquoted(const char *bytes, size_t length)
{
	GByteArray *mail = g_byte_array_sized_new((guint)length);
	const char *end = bytes + length;
	while (bytes < end) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *next = stop == NULL ? end : stop + 1;
		const char *word = bytes;
		while (word < next && *word == '>')
			word++;
		if (word > bytes && next - word >= 5 && memcmp(word, "From ", 5) == 0)
			bytes++;
		g_byte_array_append(mail, (const guint8 *)bytes, (guint)(next - bytes));
		bytes = next;
	}
	return g_byte_array_free_to_bytes(mail);
}

GBytes *mail_files_bytes(const struct mail_place *place, struct error *error)
{
	GBytes *content = place->all != NULL ? g_bytes_ref(place->all) : file_bytes(place->file, error);
	if (content == NULL)
		return NULL;
	gsize length;
	const char *bytes = g_bytes_get_data(content, &length);
	GBytes *mail = NULL;
	if (place->length < 0)
		mail = g_bytes_new(bytes, length);
	else if (place->begin + place->length <= (off_t)length)
		mail = unquoted(bytes + place->begin, (size_t)place->length);
	else
		error_set(error, STATUS_DATA, "%s: has become shorter", place->file);
	g_bytes_unref(content);
	return mail;
}

char *mail_files_name(const struct mail_place *place)
{
	return place->number == 0 ? g_strdup(place->file)
				  : g_strdup_printf("%s message %d", place->file, place->number);
}
