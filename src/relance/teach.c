#include "base/base.h"
#include "relance/teach.h"

#include <unistd.h>

const struct option_row teach_option_rows[] = {
    {0, "name", OPTION_TEXT, offsetof(struct teach_options, name), "NAME",
	"of the layout (default: from the issuer's name)", NULL},
    {0, "replace", OPTION_FLAG, offsetof(struct teach_options, replace), NULL,
	"put it in the place of the layout of that name", NULL},
    {0, "try", OPTION_TEXT, offsetof(struct teach_options, try), "DIR|FILE",
	"store nothing; show what it would read from these", NULL},
    {0, "list", OPTION_FLAG, offsetof(struct teach_options, list), NULL, "the layouts there are", NULL},
    {0, "show", OPTION_TEXT, offsetof(struct teach_options, show), "NAME", "the text of one", NULL},
    {0, "forget", OPTION_TEXT, offsetof(struct teach_options, forget), "NAME", "remove one", NULL},
    OPTIONS_END,
};

/* ---- the arguments ---- */

static const char *list_of_fields(struct buffer *text)
{
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++)
		buffer_printf(text, "%s, ", layout_field_word(field));
	buffer_append_text(text, "currency, mark");
	return text->bytes;
}

/* FIELD=VALUE, with a field of small letters: "2026=03.pdf" and "a/b=c.pdf" are files. */
static bool is_value(const char *argument)
{
	size_t length = strspn(argument, "abcdefghijklmnopqrstuvwxyz_");
	return length > 0 && argument[length] == '=';
}

static bool take_field(struct teach_sample *sample, const char *word, const char *value, struct error *error)
{
	enum layout_field field;
	struct buffer fields = BUFFER_EMPTY;
	bool known = layout_field_from_word(word, &field);
	if (!known)
		error_set(
		    error, STATUS_USAGE, "%s: no such field; there are %s", word, list_of_fields(&fields));
	else if (sample->values[field] != NULL)
		known = error_set(error, STATUS_USAGE, "%s: %s is given twice", sample->file, word);
	else if (*value == '\0')
		known = error_set(error, STATUS_USAGE, "%s: %s has no value", sample->file, word);
	buffer_clear(&fields);
	if (!known)
		return false;
	sample->values[field] = value;
	sample->count++;
	return true;
}

/* Changes ARGUMENT: its '=' becomes the end of the field's name. */
static bool take_value(struct teach_request *request, char *argument, struct error *error)
{
	char *value = strchr(argument, '=');
	*value++ = '\0';
	if (strcmp(argument, "mark") == 0) {
		g_ptr_array_add(request->marks, value);
		return true;
	}
	if (strcmp(argument, "currency") == 0) {
		if (request->currency != NULL && strcmp(request->currency, value) != 0)
			return error_set(error, STATUS_USAGE, "currency is given twice");
		request->currency = value;
		return true;
	}
	if (request->samples->len == 0)
		return error_set(error, STATUS_USAGE, "%s=%s: a file is expected first", argument, value);
	return take_field(&g_array_index(request->samples, struct teach_sample, request->samples->len - 1),
	    argument, value, error);
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of a folder in the order of their names, or the file itself. */
static bool add_tried(struct teach_request *request, const char *path, struct error *error)
{
	GError *why = NULL;
	if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
		g_ptr_array_add(request->tried, g_strdup(path));
		return true;
	}
	GDir *folder = g_dir_open(path, 0, &why);
	if (folder == NULL) {
		error_set(error, STATUS_DATA, "%s: %s", path, why->message);
		g_error_free(why);
		return false;
	}
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
		char *file = g_build_filename(path, name, NULL);
		if (name[0] != '.' && g_file_test(file, G_FILE_TEST_IS_REGULAR))
			g_ptr_array_add(names, file);
		else
			g_free(file);
	}
	g_dir_close(folder);
	g_ptr_array_sort(names, compare_texts);
	for (guint i = 0; i < names->len; i++)
		g_ptr_array_add(request->tried, g_steal_pointer(&names->pdata[i]));
	g_ptr_array_unref(names);
	return true;
}

/* A file without values is one to try, where trying is wanted. */
static bool sort_samples(const struct session *session, struct teach_request *request, struct error *error)
{
	const struct teach_options *options = session->options;
	for (guint i = 0; i < request->samples->len;) {
		const struct teach_sample *sample = &g_array_index(request->samples, struct teach_sample, i);
		if (sample->count > 0) {
			i++;
			continue;
		}
		if (options->try == NULL)
			return error_set(
			    error, STATUS_USAGE, "%s: no FIELD=VALUE is given for it", sample->file);
		if (!add_tried(request, sample->file, error))
			return false;
		g_array_remove_index(request->samples, i);
	}
	return true;
}

bool teach_request_read(const struct session *session, struct teach_request *request, struct error *error)
{
	const struct teach_options *options = session->options;
	*request = (struct teach_request){.samples = g_array_new(FALSE, TRUE, sizeof(struct teach_sample)),
	    .tried = g_ptr_array_new_with_free_func(g_free),
	    .marks = g_ptr_array_new()};
	if (options->try != NULL && !add_tried(request, options->try, error))
		return false;
	for (int i = 0; i < session->argument_count; i++) {
		char *argument = session->arguments[i];
		struct teach_sample sample = {.file = argument};
		if (strcmp(argument, "--") == 0)
			continue;
		if (!is_value(argument))
			g_array_append_val(request->samples, sample);
		else if (!take_value(request, argument, error))
			return false;
	}
	return sort_samples(session, request, error);
}

void teach_request_clear(struct teach_request *request)
{
	g_array_unref(request->samples);
	g_ptr_array_unref(request->tried);
	g_ptr_array_unref(request->marks);
}

/* ---- the command ---- */

static bool check_usage(const struct session *session, struct error *error)
{
	const struct teach_options *options = session->options;
	int asked = (options->list ? 1 : 0) + (options->show != NULL) + (options->forget != NULL);
	bool teaches = session->argument_count > 0 || options->try != NULL;
	if (asked > 1 || (asked == 1 && (teaches || options->name != NULL || options->replace)))
		return error_set(
		    error, STATUS_USAGE, "teach: --list, --show and --forget stand for themselves");
	if (asked == 0 && !teaches)
		return error_set(error, STATUS_USAGE,
		    "teach: usage: relance teach %s (see relance help teach)", session->command->arguments);
	if (options->name != NULL && !layout_name_is_good(options->name))
		return error_set(error, STATUS_USAGE,
		    "--name %s: letters, digits, '-', '_' and '.', at most 64", options->name);
	return true;
}

static void print_stored(struct session *session, const char *path, const char *text)
{
	static const struct field fields[] = {
	    {"name", "Layout", FIELD_TEXT, 0},
	    {"file", "File", FIELD_TEXT, 0},
	    {"marks", "Recognised by", FIELD_TEXTS, 0},
	    {"fields", "Reads", FIELD_TEXTS, 0},
	};
	struct layout *layout = NULL;
	struct error ignored = {0};
	if (session->common.quiet || !layout_parse(text, &layout, &ignored))
		return;
	const char *words[LAYOUT_FIELD_COUNT];
	size_t count = 0;
	for (guint i = 0; i < layout->anchors->len && count < LAYOUT_FIELD_COUNT; i++)
		words[count++] =
		    layout_field_word(g_array_index(layout->anchors, struct layout_anchor, i).field);
	struct printer *printer = session_printer(session);
	printer_begin_record(printer, NULL, fields, ARRAY_LENGTH(fields));
	printer_text(printer, layout->name);
	printer_text(printer, path);
	printer_texts(printer, (const char *const *)layout->marks->pdata, layout->marks->len);
	printer_texts(printer, words, count);
	printer_end_record(printer);
	layout_free(layout);
}

/* Derives the layout of the samples; without samples the stored one of --name is meant. */
static bool get_layout(struct session *session, const struct teach_request *request, char **name, char **text,
    struct error *error)
{
	const struct teach_options *options = session->options;
	if (request->samples->len > 0)
		return teach_lesson(session, request, name, text, error);
	if (options->name == NULL)
		return error_set(
		    error, STATUS_USAGE, "teach: --try wants samples with values, or --name NAME");
	char *path = NULL;
	bool found = teach_find(session, options->name, &path, text, error);
	*name = g_strdup(options->name);
	g_free(path);
	return found;
}

static bool teach(struct session *session, struct error *error)
{
	const struct teach_options *options = session->options;
	struct teach_request request;
	char *name = NULL, *text = NULL, *path = NULL;
	bool done = teach_request_read(session, &request, error) &&
		    get_layout(session, &request, &name, &text, error);
	if (done && options->try != NULL)
		done = teach_try(session, request.tried, name, text, error);
	else if (done && (done = teach_store(session, name, text, &path, error)))
		print_stored(session, path, text);
	teach_request_clear(&request);
	g_free(name);
	g_free(text);
	g_free(path);
	return done;
}

static bool show(const struct session *session, const char *name, struct error *error)
{
	char *path = NULL, *text = NULL;
	bool found = teach_find(session, name, &path, &text, error);
	if (found)
		fputs(text, stdout);
	g_free(path);
	g_free(text);
	return found;
}

bool run_teach(struct session *session, struct error *error)
{
	const struct teach_options *options = session->options;
	bool wants_config = session->common.config != NULL || access(session_config_path(session), R_OK) == 0;
	if (!check_usage(session, error) || (wants_config && !session_open(session, ACCESS_CONFIG, error)))
		return false;
	if (options->list)
		return teach_list(session, error);
	if (options->show != NULL)
		return show(session, options->show, error);
	if (options->forget != NULL)
		return teach_forget(session, options->forget, error);
	return teach(session, error);
}
