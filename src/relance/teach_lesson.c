#include "base/base.h"
#include "relance/teach.h"

#include "host/file.h"
#include "ledger/body.h"
#include "reading/lesson.h"
#include "relance/reading_source.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* What tells our companies on their own invoices. */
static void add_companies(const struct session *session, json_t *marks)
{
	for (size_t i = 0; session->has_config && i < session->config.company_count; i++) {
		const struct company_config *company = &session->config.companies[i];
		const char *texts[] = {company->vat_id, company->legal_id, company->phone, company->name};
		const struct text_list *lists[] = {&company->iban, &company->senders, &company->domains};
		for (size_t text = 0; text < ARRAY_LENGTH(texts); text++)
			if (texts[text] != NULL && *texts[text] != '\0')
				json_array_append_new(marks, json_text(texts[text]));
		for (size_t list = 0; list < ARRAY_LENGTH(lists); list++)
			for (size_t item = 0; item < lists[list]->count; item++)
				json_array_append_new(marks, json_text(lists[list]->items[item]));
	}
}

/* Those that were typed, else those of the configuration. */
static json_t *marks_of(const struct session *session, const struct teach_request *request)
{
	json_t *marks = json_array();
	for (guint i = 0; i < request->marks->len; i++)
		json_array_append_new(marks, json_text(request->marks->pdata[i]));
	if (request->marks->len == 0)
		add_companies(session, marks);
	return marks;
}

static json_t *describe_sample(const struct teach_sample *sample, size_t length)
{
	json_t *values = json_object();
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++)
		if (sample->values[field] != NULL)
			json_object_set_new(
			    values, layout_field_word(field), json_text(sample->values[field]));
	return json_pack("{s:o, s:I, s:o}", "file", json_text(sample->file), "length", (json_int_t)length,
	    "values", values);
}

/* Puts the samples behind each other into BYTES, and says in LIST what they are. */
static bool read_samples(
    const struct teach_request *request, json_t *list, struct buffer *bytes, struct error *error)
{
	for (guint i = 0; i < request->samples->len; i++) {
		const struct teach_sample *sample = &g_array_index(request->samples, struct teach_sample, i);
		struct buffer one = BUFFER_EMPTY;
		int64_t room = LESSON_MAX_BYTES - (int64_t)bytes->length;
		bool read = file_read(sample->file, room, &one, error);
		buffer_append(bytes, one.bytes, one.length);
		if (read)
			json_array_append_new(list, describe_sample(sample, one.length));
		buffer_clear(&one);
		if (!read) {
			error->status = STATUS_DATA;
			return false;
		}
	}
	return true;
}

/* The lesson as a file in memory; -1 with ERROR. */
static int write_lesson(
    const struct session *session, const struct teach_request *request, struct error *error)
{
	const struct teach_options *options = session->options;
	struct buffer bytes = BUFFER_EMPTY;
	json_t *list = json_array();
	bool read = read_samples(request, list, &bytes, error);
	json_t *head = json_pack("{s:o, s:o, s:o, s:o}", "name", json_text(options->name), "currency",
	    json_text(request->currency), "marks", marks_of(session, request), "samples", list);
	char *line = json_dumps(head, JSON_COMPACT);
	int file = read ? memfd_create("lesson", MFD_CLOEXEC) : -1;
	bool ok = file >= 0 && line != NULL && write_all(file, line, strlen(line)) &&
		  write_all(file, "\n", 1) && write_all(file, bytes.bytes, bytes.length) &&
		  lseek(file, 0, SEEK_SET) == 0;
	if (read && !ok)
		error_set_errno(error, STATUS_IO, errno, "memory file");
	if (!ok && file >= 0)
		close(file);
	free(line);
	json_decref(head);
	buffer_clear(&bytes);
	return ok ? file : -1;
}

static void tell_notes(const struct session *session, const json_t *notes)
{
	size_t index;
	json_t *note;
	json_array_foreach(notes, index, note)
	{
		struct error told = {0};
		error_set(&told, STATUS_DATA, "note: %s", json_string_value(note));
		if (!session->common.quiet)
			session_tell(&told);
	}
}

/* The worker's word is not believed: its layout must be one. */
static bool take_answer(
    const struct session *session, const json_t *answer, char **name, char **text, struct error *error)
{
	const char *wrong = body_text(answer, "error"), *layout_text = body_text(answer, "layout");
	struct layout *layout = NULL;
	if (wrong != NULL)
		return error_set(error, STATUS_DATA, "%s", wrong);
	if (layout_text == NULL || !layout_parse(layout_text, &layout, error))
		return error_prefix(error, "the reader's layout");
	*name = g_strdup(layout->name);
	*text = g_strdup(layout_text);
	layout_free(layout);
	tell_notes(session, json_object_get(answer, "notes"));
	return true;
}

bool teach_lesson(struct session *session, const struct teach_request *request, char **name, char **text,
    struct error *error)
{
	int lesson = write_lesson(session, request, error);
	if (lesson < 0)
		return false;
	struct reading_source source;
	reading_source_init(&source, session);
	json_t *answer = NULL;
	bool done = reading_source_teach(&source, lesson, &answer, error) &&
		    take_answer(session, answer, name, text, error);
	if (answer != NULL)
		json_decref(answer);
	reading_source_clear(&source);
	close(lesson);
	return done;
}
