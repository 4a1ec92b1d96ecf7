#include "base/base.h"
#include "relance/teach.h"

#include "host/file.h"
#include "ledger/body.h"
#include "relance/reading_source.h"

#include <errno.h>
#include <unistd.h>

/* Readings of the same files by a worker that knows this layout alone, and by one that knows none. */
struct trial {
	struct session *session;
	struct layout *layout;
	char *dir; /* a folder with the layout */
	struct reading_source taught, general;
	int recognised, unreadable;
};

/* ---- life ---- */

static bool make_folder(struct trial *trial, const char *text, struct error *error)
{
	char *dir = g_build_filename(g_get_tmp_dir(), "relance-try-XXXXXX", NULL);
	if (mkdtemp(dir) == NULL) {
		error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", dir);
		g_free(dir);
		return false;
	}
	trial->dir = dir;
	char *path = layout_folder_path(dir, trial->layout->name);
	bool stored = file_replace(path, text, strlen(text), 0600, error);
	g_free(path);
	return stored;
}

static void remove_folder(const struct trial *trial)
{
	if (trial->dir == NULL)
		return;
	char *path = layout_folder_path(trial->dir, trial->layout->name);
	(void)unlink(path);
	(void)rmdir(trial->dir);
	g_free(path);
}

static void trial_clear(struct trial *trial)
{
	reading_source_clear(&trial->taught);
	reading_source_clear(&trial->general);
	remove_folder(trial);
	layout_free(trial->layout);
	g_free(trial->dir);
}

static bool trial_init(struct trial *trial, struct session *session, const char *text, struct error *error)
{
	*trial = (struct trial){.session = session};
	if (!layout_parse(text, &trial->layout, error) || !make_folder(trial, text, error))
		return false;
	reading_source_init_with(&trial->taught, session, trial->dir);
	reading_source_init_with(&trial->general, session, NULL);
	return true;
}

/* ---- one document ---- */

/* A field of the invoice object, borrowed; NULL. */
static const char *value_of(const json_t *invoice, enum layout_field field)
{
	if (field == LAYOUT_BUYER_NAME)
		return body_text(json_object_get(invoice, "buyer"), "name");
	if (field == LAYOUT_BUYER_REFERENCE)
		return body_text(json_object_get(invoice, "buyer"), "reference");
	return body_text(invoice, layout_field_word(field));
}

static const json_t *invoice_at(const json_t *reading, size_t index)
{
	return json_object_get(json_array_get(json_object_get(reading, "documents"), index), "invoice");
}

/* The document that the layout reads, else the first invoice, else the first document. */
static size_t choose_document(const json_t *reading)
{
	size_t count = json_array_size(json_object_get(reading, "documents")), invoice = count;
	for (size_t i = 0; i < count; i++) {
		if (body_text(invoice_at(reading, i), "layout") != NULL)
			return i;
		if (invoice == count && json_is_object(invoice_at(reading, i)))
			invoice = i;
	}
	return invoice == count ? 0 : invoice;
}

/* Without the layout it may be another document, or none: the body of a mail that only the layout knows. */
static const json_t *general_invoice(const json_t *general, size_t index)
{
	const json_t *same = invoice_at(general, index);
	return json_is_object(same) ? same : invoice_at(general, choose_document(general));
}

static void print_row(struct printer *printer, const char *file, bool recognised, const char *field,
    const char *taught, const char *general)
{
	bool differs = g_strcmp0(taught, general) != 0;
	printer_text(printer, file);
	printer_boolean(printer, recognised);
	printer_text(printer, field);
	printer_emphasis(printer, taught == NULL && field != NULL ? EMPHASIS_BAD : EMPHASIS_NONE);
	printer_text(printer, taught);
	printer_emphasis(printer, differs ? EMPHASIS_WARNING : EMPHASIS_NONE);
	printer_text(printer, general);
	printer_boolean(printer, recognised && differs);
	printer_end_row(printer);
}

static void print_document(struct trial *trial, const char *file, const json_t *taught, const json_t *general)
{
	struct printer *printer = session_printer(trial->session);
	size_t index = choose_document(taught);
	const json_t *invoice = invoice_at(taught, index), *other = general_invoice(general, index);
	bool printed[LAYOUT_FIELD_COUNT] = {false};
	if (body_text(invoice, "layout") == NULL) {
		print_row(printer, file, false, NULL, NULL, NULL);
		return;
	}
	trial->recognised++;
	for (guint i = 0; i < trial->layout->anchors->len; i++) {
		enum layout_field field =
		    g_array_index(trial->layout->anchors, struct layout_anchor, i).field;
		if (!printed[field])
			print_row(printer, file, true, layout_field_word(field), value_of(invoice, field),
			    value_of(other, field));
		printed[field] = true;
	}
}

/* False: there is no worker. A file that cannot be read is told and counted. */
static bool try_file(struct trial *trial, const char *file, struct error *error)
{
	struct reader_answer taught = {0}, general = {0};
	bool read = reading_source_read(&trial->taught, file, -1, &taught, error) &&
		    reading_source_read(&trial->general, file, -1, &general, error);
	if (read)
		print_document(trial, file, taught.reading, general.reading);
	else if (error->status == STATUS_DATA)
		session_tell(error);
	reader_answer_clear(&taught);
	reader_answer_clear(&general);
	if (read || error->status != STATUS_DATA)
		return read;
	trial->unreadable++;
	*error = (struct error){0};
	return true;
}

bool teach_try(
    struct session *session, const GPtrArray *files, const char *name, const char *text, struct error *error)
{
	static const struct field fields[] = {
	    {"file", "File", FIELD_TEXT, FIELD_WRAPPED},
	    {"recognised", "Recognised", FIELD_BOOLEAN, 0},
	    {"field", "Field", FIELD_TEXT, 0},
	    {"taught", "With the layout", FIELD_TEXT, FIELD_WRAPPED},
	    {"general", "Without it", FIELD_TEXT, FIELD_WRAPPED},
	    {"differs", "Differs", FIELD_BOOLEAN, 0},
	};
	struct trial trial;
	bool done = trial_init(&trial, session, text, error);
	struct printer *printer = session_printer(session);
	printer_begin_list(printer, "trial", name, fields, ARRAY_LENGTH(fields));
	for (guint i = 0; i < files->len && done; i++)
		done = try_file(&trial, files->pdata[i], error);
	if (done)
		printer_end_list(printer);
	if (done && trial.recognised == 0)
		session->status = STATUS_NO;
	int unreadable = trial.unreadable;
	trial_clear(&trial);
	if (!done || unreadable == 0)
		return done;
	session->printer = NULL;
	return printer_finish(printer, error) &&
	       error_set(
		   error, STATUS_DATA, "teach: %d of %u files could not be read", unreadable, files->len);
}
