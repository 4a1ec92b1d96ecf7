/* Reads the examples in the cage, with the lexicons as they are or as they would be. */
#include "base/base.h"
#include "relance/learn.h"

#include "host/file.h"
#include "ledger/body.h"
#include "relance/reading_source.h"

#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

static bool is_lexicon(const char *name)
{
	return g_str_has_suffix(name, ".lexicon") || g_str_has_suffix(name, ".model");
}

/* What the site has, into the trial's folder. */
static bool copy_site(const char *site, const char *folder, struct error *error)
{
	GDir *dir = *site ? g_dir_open(site, 0, NULL) : NULL;
	const char *name;
	bool ok = true;
	while (ok && dir && (name = g_dir_read_name(dir))) {
		struct buffer content = BUFFER_EMPTY;
		g_autofree char *from = g_build_filename(site, name, NULL),
				*to = g_build_filename(folder, name, NULL);
		if (!is_lexicon(name))
			continue;
		ok = file_read(from, 16000000, &content, error) &&
		     file_replace(to, content.bytes, content.length, 0600, error);
		buffer_clear(&content);
	}
	if (dir)
		g_dir_close(dir);
	return ok;
}

static bool add_proposals(const char *folder, const GPtrArray *proposals, struct error *error)
{
	bool ok = true;
	for (guint i = 0; ok && i < proposals->len; i++) {
		const struct learn_proposal *proposal = proposals->pdata[i];
		struct buffer content = BUFFER_EMPTY;
		g_autofree char *name = learn_file_name(proposal->language);
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *statement = learn_statement(proposal);
		struct error none = {0};
		if (proposal->is_refused)
			continue;
		if (!file_read(path, 16000000, &content, &none)) {
			buffer_clear(&content);
			buffer_printf(&content, "language %s\n", proposal->language);
		}
		buffer_printf(&content, "%s\n", statement);
		ok = file_replace(path, content.bytes, content.length, 0600, error);
		buffer_clear(&content);
	}
	return ok;
}

static void remove_folder(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_unlink(path);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(folder);
}

static int descriptor_of(GBytes *bytes)
{
	gsize length;
	const void *content = g_bytes_get_data(bytes, &length);
	int descriptor = memfd_create("example", MFD_CLOEXEC);
	if (descriptor >= 0 &&
	    (!write_all(descriptor, content, length) || lseek(descriptor, 0, SEEK_SET) != 0)) {
		close(descriptor);
		return -1;
	}
	return descriptor;
}

static void note(struct learn_example *example, const json_t *reading, bool with)
{
	const json_t *reply = json_object_get(reading, "reply");
	const char *primary = body_text(reply, "primary");
	enum intent_kind kind = INTENT_NONE;
	if (primary)
		intent_kind_from_word(primary, &kind);
	int confidence = (int)(json_number_value(json_object_get(reply, "confidence")) * 1000 + 0.5);
	*(with ? &example->after : &example->before) = kind;
	*(with ? &example->confidence_after : &example->confidence_before) = confidence;
}

static bool read_all(struct reading_source *source, const GPtrArray *examples, bool with, struct error *error)
{
	bool ok = true;
	for (guint i = 0; ok && i < examples->len; i++) {
		struct learn_example *example = examples->pdata[i];
		struct reader_answer answer;
		int descriptor = descriptor_of(example->mail);
		g_autofree char *name = g_strdup_printf("%s.eml", example->id);
		if (descriptor < 0)
			return error_set(error, STATUS_IO, "%s: cannot be put into memory", name);
		ok = reading_source_read(source, name, descriptor, &answer, error);
		close(descriptor);
		if (!ok)
			break;
		note(example, answer.reading, with);
		reader_answer_clear(&answer);
	}
	return ok;
}

bool learn_trial(
    struct session *session, const GPtrArray *examples, const GPtrArray *proposals, struct error *error)
{
	struct reading_source source;
	char folder[] = "/tmp/relance-learn-XXXXXX";
	reading_source_init(&source, session);
	if (!proposals) {
		bool read = read_all(&source, examples, false, error);
		reading_source_clear(&source);
		return read;
	}
	if (!g_mkdtemp(folder))
		return error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", folder);
	source.extra_dir = folder;
	bool ok = copy_site(session->config.lexicon_extra_dir, folder, error) &&
		  add_proposals(folder, proposals, error) && read_all(&source, examples, true, error);
	reading_source_clear(&source);
	remove_folder(folder);
	return ok;
}
