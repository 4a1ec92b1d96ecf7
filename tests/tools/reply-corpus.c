#include "base/base.h"

#include "reply-corpus.h"

#include <glib.h>

/* An example is held out where the first byte of the SHA-256 of its id is below this: a third. */
#define HELD_OUT_BELOW 85

static void die(const char *what, const char *detail)
{
	fprintf(stderr, "%s: %s\n", what, detail);
	exit(STATUS_DATA);
}

static void load_file(struct lexicon *lexicon, const char *folder, const char *name)
{
	char *path = g_build_filename(folder, name, NULL);
	gchar *text;
	gsize length;
	GError *failed = NULL;
	if (!g_file_get_contents(path, &text, &length, &failed))
		die(path, failed->message);
	struct error error = {0};
	if (!lexicon_add(lexicon, name, text, length, &error))
		die("lexicon", error.text);
	g_free(text);
	g_free(path);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct lexicon *load_lexicon(const char *folder, bool model)
{
	struct lexicon *lexicon = lexicon_new();
	GDir *dir = g_dir_open(folder, 0, NULL);
	if (!dir)
		die(folder, "cannot be read");
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	while ((name = g_dir_read_name(dir)))
		if (g_str_has_suffix(name, ".lexicon") || (model && g_str_has_suffix(name, ".model")))
			g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++)
		load_file(lexicon, folder, names->pdata[i]);
	g_ptr_array_free(names, TRUE);
	struct error error = {0};
	if (!lexicon_finish(lexicon, &error))
		die("lexicon", error.text);
	return lexicon;
}

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static char *without_signature(const char *text, json_int_t lines)
{
	char *copy = g_strchomp(g_strdup(text));
	for (json_int_t i = 0; i < lines; i++) {
		char *last = strrchr(copy, '\n');
		if (!last) {
			copy[0] = '\0';
			break;
		}
		*last = '\0';
	}
	return g_strstrip(copy);
}

static char *quoted_invoices(const json_t *context)
{
	GString *quoted = g_string_new(NULL);
	const json_t *invoices = json_object_get(context, "invoices");
	for (size_t i = 0; i < json_array_size(invoices); i++) {
		const json_t *invoice = json_array_get(invoices, i);
		g_string_append_printf(quoted, "  %s   %s   %s   %s %s\n", member(invoice, "number"),
		    member(invoice, "date"), member(invoice, "due"), member(invoice, "amount"),
		    member(invoice, "currency"));
	}
	return g_string_free(quoted, FALSE);
}

static enum example_part part_of(const char *id)
{
	static const struct {
		const char *mark;
		enum example_part part;
	} marks[] = {{"-m-h-", PART_EVERYDAY}, {"-m-i-", PART_EVERYDAY}, {"-m-w-", PART_EVERYDAY},
	    {"-m-y-", PART_EVERYDAY}, {"-m-z-", PART_EVERYDAY}, {"-m-", PART_MORE}, {"-p-", PART_PLAIN}};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strstr(id, marks[i].mark))
			return marks[i].part;
	return PART_CORPUS;
}

static bool is_held_out(const char *id, enum example_part part)
{
	if (part != PART_CORPUS)
		return part == PART_EVERYDAY;
	guint8 digest[32];
	gsize size = sizeof(digest);
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(checksum, (const guchar *)id, (gssize)strlen(id));
	g_checksum_get_digest(checksum, digest, &size);
	g_checksum_free(checksum);
	return digest[0] < HELD_OUT_BELOW;
}

void example_free(void *pointer)
{
	struct example *example = pointer;
	json_decref(example->json);
	g_free(example->text);
	g_free(example->quoted);
	g_free(example);
}

static struct example *example_new(json_t *json)
{
	struct example *example = g_new0(struct example, 1);
	example->json = json;
	example->text = without_signature(
	    member(json, "text"), json_integer_value(json_object_get(json, "signature_lines")));
	example->quoted = quoted_invoices(json_object_get(json, "context"));
	example->context.subject = member(json, "subject");
	example->context.quoted_text = example->quoted;
	example->context.automatic = json_is_true(json_object_get(json, "automatic"));
	if (!date_parse(member(json, "sent"), &example->context.sent))
		example->context.sent = DATE_NONE;
	example->part = part_of(member(json, "id"));
	example->held_out = is_held_out(member(json, "id"), example->part);
	return example;
}

void load_examples(const char *path, GPtrArray *examples)
{
	FILE *file = fopen(path, "r");
	if (!file)
		die(path, "cannot be read");
	char *line = NULL;
	size_t size = 0;
	while (getline(&line, &size, file) > 0) {
		json_error_t error;
		json_t *json = json_loads(line, 0, &error);
		if (!json)
			die(path, error.text);
		g_ptr_array_add(examples, example_new(json));
	}
	free(line);
	fclose(file);
}
