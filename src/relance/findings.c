#include "base/base.h"
#include "relance/findings.h"

#include <stdarg.h>

struct finding {
	const char *check; /* literal */
	enum verdict verdict;
	char *detail, *remedy;
};

static const struct field finding_fields[] = {
    {"check", "Check", FIELD_TEXT, 0},
    {"result", "Result", FIELD_TEXT, 0},
    {"detail", "Detail", FIELD_TEXT, FIELD_WRAPPED},
    {"remedy", "Remedy", FIELD_TEXT, FIELD_FOR_MACHINES},
};

static void free_finding(void *pointer)
{
	struct finding *finding = pointer;
	g_free(finding->detail);
	g_free(finding->remedy);
	g_free(finding);
}

void findings_init(struct findings *findings)
{
	*findings = (struct findings){g_ptr_array_new_with_free_func(free_finding), 0};
}

void findings_clear(struct findings *findings)
{
	g_ptr_array_unref(findings->rows);
}

void findings_add(struct findings *findings, const char *check, enum verdict verdict, const char *remedy,
    const char *format, ...)
{
	struct finding *finding = g_new0(struct finding, 1);
	va_list arguments;
	va_start(arguments, format);
	*finding = (struct finding){check, verdict, g_strdup_vprintf(format, arguments),
	    remedy == NULL || *remedy == '\0' ? NULL : g_strdup(remedy)};
	va_end(arguments);
	g_ptr_array_add(findings->rows, finding);
	findings->bad += verdict == VERDICT_BAD;
}

static void print_finding(struct printer *printer, const struct finding *finding)
{
	static const struct {
		const char *word;
		enum emphasis emphasis;
	} verdicts[] = {[VERDICT_GOOD] = {"ok", EMPHASIS_GOOD},
	    [VERDICT_NOTE] = {"note", EMPHASIS_WARNING},
	    [VERDICT_SKIPPED] = {"skipped", EMPHASIS_QUIET},
	    [VERDICT_BAD] = {"failed", EMPHASIS_BAD}};
	printer_text(printer, finding->check);
	printer_emphasis(printer, verdicts[finding->verdict].emphasis);
	printer_text(printer, verdicts[finding->verdict].word);
	printer_text(printer, finding->detail);
	printer_text(printer, finding->remedy);
	printer_end_row(printer);
}

/* The lines to change stand alone under the table, to be copied. */
static void print_remedies(struct printer *printer, const struct findings *findings)
{
	bool titled = false;
	for (guint i = 0; i < findings->rows->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->rows, i);
		if (finding->remedy == NULL)
			continue;
		if (!titled)
			printer_note(printer, "To change:");
		titled = true;
		char **lines = g_strsplit(finding->remedy, "\n", -1);
		for (char **line = lines; *line != NULL; line++)
			printer_line(printer, "  %s", *line);
		g_strfreev(lines);
	}
}

void findings_print(struct session *session, const struct findings *findings, bool all)
{
	struct printer *printer = session_printer(session);
	printer_begin_list(printer, NULL, NULL, finding_fields, ARRAY_LENGTH(finding_fields));
	for (guint i = 0; i < findings->rows->len; i++) {
		const struct finding *finding = g_ptr_array_index(findings->rows, i);
		bool quiet = finding->verdict == VERDICT_GOOD || finding->verdict == VERDICT_SKIPPED;
		if (all || !quiet || !printer_is_for_people(printer))
			print_finding(printer, finding);
	}
	printer_end_list(printer);
	if (printer_is_for_people(printer))
		print_remedies(printer, findings);
	if (findings->bad > 0)
		session->status = STATUS_NO;
}
