#include "base/base.h"
#include "reader/setup.h"

#include "document/document.h"
#include "host/layout_folder.h"
#include "mail/message.h"

#include <errno.h>
#include <iconv.h>
#include <libxml/xmlmemory.h>
#include <sys/stat.h>

/* No lexicon or model is larger. */
#define MAX_FILE (16 * 1024 * 1024)

/* ---- lexicons ---- */

static bool is_model(const char *name)
{
	return g_str_has_suffix(name, ".model");
}

static bool is_lexicon(const char *name)
{
	return name[0] != '.' && (g_str_has_suffix(name, ".lexicon") || is_model(name));
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in a folder, sorted; NULL with ERROR where it cannot be read. */
static GPtrArray *list_folder(const char *folder, struct error *error)
{
	GError *why = NULL;
	GDir *dir = g_dir_open(folder, 0, &why);
	if (!dir) {
		error_set(error, STATUS_CONFIG, "%s: %s", folder, why->message);
		g_error_free(why);
		return NULL;
	}
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	while ((name = g_dir_read_name(dir)))
		if (is_lexicon(name))
			g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, compare_names);
	return names;
}

static bool add_file(struct lexicon *lexicon, const char *folder, const char *name, struct error *error)
{
	char *path = g_build_filename(folder, name, NULL), *text = NULL;
	gsize length = 0;
	GError *why = NULL;
	struct stat status;
	bool added = false;
	if (stat(path, &status))
		error_set_errno(error, STATUS_CONFIG, errno, "%s", path);
	else if (!S_ISREG(status.st_mode) || status.st_size > MAX_FILE)
		error_set(error, STATUS_CONFIG, "%s: it is no file, or larger than 16 MB", path);
	else if (!g_file_get_contents(path, &text, &length, &why))
		error_set(error, STATUS_CONFIG, "%s", why->message);
	else
		added = lexicon_add(lexicon, name, text, length, error) || error_prefix(error, "%s", folder);
	g_clear_error(&why);
	g_free(text);
	g_free(path);
	return added;
}

/* The models of a folder, the last one of which counts, on another processor than the lexicons. */
struct model_load {
	bool libraries; /* set them up there first */
	const char *folder;
	const GPtrArray *names;
	struct lexicon *lexicon; /* has nothing but the model */
	struct error error;
};

static gpointer load_models(gpointer pointer)
{
	struct model_load *load = pointer;
	bool added = true;
	if (load->libraries)
		setup_libraries();
	for (guint i = 0; added && i < load->names->len; i++)
		if (is_model(load->names->pdata[i]))
			added = add_file(load->lexicon, load->folder, load->names->pdata[i], &load->error);
	return GINT_TO_POINTER(added);
}

static bool add_folder(struct lexicon *lexicon, const char *folder, bool libraries, struct error *error)
{
	GPtrArray *names = list_folder(folder, error);
	if (!names)
		return false;
	struct model_load load = {
	    .libraries = libraries, .folder = folder, .names = names, .lexicon = lexicon_new()};
	GThread *models = g_thread_new("models", load_models, &load);
	bool added = true;
	for (guint i = 0; added && i < names->len; i++)
		if (!is_model(names->pdata[i]))
			added = add_file(lexicon, folder, names->pdata[i], error);
	bool loaded = GPOINTER_TO_INT(g_thread_join(models));
	if (added && !loaded)
		*error = load.error;
	lexicon_take_model(lexicon, load.lexicon);
	lexicon_free(load.lexicon);
	g_ptr_array_free(names, TRUE);
	return added && loaded;
}

static struct lexicon *load_lexicon(
    const char *dir, const char *extra_dir, bool libraries, struct error *error)
{
	struct lexicon *lexicon = lexicon_new();
	bool has_extra = extra_dir && g_file_test(extra_dir, G_FILE_TEST_EXISTS);
	if (add_folder(lexicon, dir, libraries, error) &&
	    (!has_extra || add_folder(lexicon, extra_dir, false, error)) && lexicon_finish(lexicon, error))
		return lexicon;
	lexicon_free(lexicon);
	return NULL;
}

struct lexicon *setup_lexicon(const char *dir, const char *extra_dir, struct error *error)
{
	return load_lexicon(dir, extra_dir, false, error);
}

struct lexicon *setup_all(const char *dir, const char *extra_dir, struct error *error)
{
	return load_lexicon(dir, extra_dir, true, error);
}

/* ---- layouts ---- */

static void discard_layout(gpointer layout)
{
	layout_free(layout);
}

GPtrArray *setup_layouts(const char *dir)
{
	struct error error = {0};
	GPtrArray *layouts = g_ptr_array_new_with_free_func(discard_layout);
	GPtrArray *files = layout_folder_read(dir, &error);
	for (guint i = 0; files && i < files->len; i++) {
		struct layout_file *file = files->pdata[i];
		if (file->layout)
			g_ptr_array_add(layouts, g_steal_pointer(&file->layout));
	}
	if (files)
		g_ptr_array_unref(files);
	return layouts;
}

/* ---- libraries ---- */

/* glibc keeps each character set in a module of its own, loaded on first use and kept while a descriptor is
 * open. */
static const char *const character_sets[] = {"ISO-8859-1", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4",
    "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "ISO-8859-10", "ISO-8859-13",
    "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "CP1250", "CP1251", "CP1252", "CP1253", "CP1254", "CP1255",
    "CP1256", "CP1257", "CP1258", "CP437", "CP850", "CP852", "CP866", "CP874", "CP932", "CP936", "CP949",
    "KOI8-R", "KOI8-U", "MACINTOSH", "TIS-620", "BIG5", "BIG5-HKSCS", "GBK", "GB2312", "GB18030", "EUC-JP",
    "EUC-KR", "SHIFT_JIS", "ISO-2022-JP", "ISO-2022-KR", "UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32",
    "UCS-2", "US-ASCII"};

/* Never closed: a module that nobody uses would be unloaded. */
static iconv_t kept_open[2 * ARRAY_LENGTH(character_sets)];

/* Both ways: texts are mostly turned into UTF-8, but GMime also tries what a text could be written in. */
static void load_character_sets(void)
{
	for (size_t i = 0; i < ARRAY_LENGTH(character_sets); i++) {
		kept_open[2 * i] = iconv_open("UTF-8", character_sets[i]);
		kept_open[2 * i + 1] = iconv_open(character_sets[i], "UTF-8");
	}
}

void setup_libraries(void)
{
	/* libxml2 goes on without what it could not allocate; in the cage that must end the worker instead.
	 */
	xmlMemSetup(g_free, g_malloc, g_realloc, g_strdup);
	message_setup();
	document_setup();
	load_character_sets();
}
