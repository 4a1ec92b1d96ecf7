#include "base/base.h"
#include "dunning/letter.h"
#include "host/file.h"
#include "relance/session.h"

#include <unistd.h>

/* relance letter: a reminder as PDF for the post. */
struct letter_options {
	const char *step;
	const char *output;
};
const struct option_row letter_option_rows[] = {
    {0, "step", OPTION_TEXT, offsetof(struct letter_options, step), "NAME", "another step than the next",
	NULL},
    {'o', "output", OPTION_TEXT, offsetof(struct letter_options, output), "FILE",
	"where to write it (default: standard output)", NULL},
    OPTIONS_END,
};

static bool write_letter(const char *output, GBytes *pdf, struct error *error)
{
	gsize length;
	const void *bytes = g_bytes_get_data(pdf, &length);
	if (output)
		return file_replace(output, bytes, length, 0640, error);
	if (isatty(STDOUT_FILENO))
		return error_set(error, STATUS_USAGE, "a PDF is nothing for a terminal: -o FILE");
	return fwrite(bytes, 1, length, stdout) == length || error_set(error, STATUS_IO, "standard output");
}

bool run_letter(struct session *session, struct error *error)
{
	const struct letter_options *options = session->options;
	struct receivable receivable;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	GBytes *pdf = dunning_letter(&session->ledger, &session->site, &receivable, options->step, error);
	row_clear(&receivable_table, &receivable);
	if (!pdf)
		return false;
	bool done = write_letter(options->output, pdf, error);
	g_bytes_unref(pdf);
	return done;
}
