#include "base/base.h"
#include "ledger/body.h"
#include "relance/reading_source.h"

#include <unistd.h>

static void print_reading(const struct session *session, const json_t *reading)
{
	if (session_is_json(session)) {
		reading_write_line(reading);
		return;
	}
	struct buffer text = BUFFER_EMPTY;
	reading_describe(reading, &text);
	fputs(text.bytes, stdout);
	buffer_clear(&text);
}

/* READABLE: whether there was anything to read. False: there is no worker, and it makes no sense to go on. */
static bool read_file(struct session *session, struct reading_source *source, const char *file,
    bool *readable, struct error *error)
{
	struct reader_answer answer;
	*readable = reading_source_read(source, file, -1, &answer, error);
	if (*readable) {
		*readable = body_text(answer.reading, "error") == NULL;
		print_reading(session, answer.reading);
		reader_answer_clear(&answer);
		return true;
	}
	if (error->status != STATUS_DATA)
		return false;
	json_t *reading = reading_of_error(file, error->text);
	print_reading(session, reading);
	json_decref(reading);
	return true;
}

/* Every file is read, even after one that cannot be. */
bool run_read(struct session *session, struct error *error)
{
	struct reading_source source;
	int unreadable = 0;
	bool ok = session->common.config == NULL || session_open(session, ACCESS_CONFIG, error);
	struct error ignored = {0};
	if (session->common.config == NULL && access(session_config_path(session), R_OK) == 0)
		(void)session_open(session, ACCESS_CONFIG, &ignored); /* reading needs none */
	reading_source_init(&source, session);
	for (int i = 0; ok && i < session->argument_count; i++) {
		bool readable;
		ok = read_file(session, &source, session->arguments[i], &readable, error);
		unreadable += !readable;
	}
	reading_source_clear(&source);
	if (ok && unreadable > 0)
		return error_set(error, STATUS_DATA, "read: %d of %d files could not be read", unreadable,
		    session->argument_count);
	return ok;
}
