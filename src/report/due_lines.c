#include "base/base.h"
#include "report/case.h"

#include "dunning/chase.h"

static const struct field fields[] = {
    {"line", "Part", FIELD_NUMBER, 0},
    {"due_on", "Due", FIELD_DATE, 0},
    {"amount", "Amount", FIELD_MONEY, 0},
    {"open", "Open", FIELD_MONEY, 0},
    {"disputed", "Disputed", FIELD_MONEY, FIELD_FOR_MACHINES},
    {"state", "State", FIELD_TEXT, 0},
    {"last_step", "Last step", FIELD_TEXT, 0},
    {"last_step_on", "Done on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"next_step", "Next step", FIELD_TEXT, 0},
    {"next_on", "Planned on", FIELD_DATE, 0},
    {"guard", "Held by", FIELD_TEXT, 0},
    {"held_until", "Held until", FIELD_DATE, FIELD_FOR_MACHINES},
    {"why", "Why", FIELD_TEXT, FIELD_FOR_MACHINES},
};

/* The invoice with its due lines and their plans. */
struct sheet {
	const struct receivable *receivable;
	const struct chase *chase;
	GPtrArray *lines, *actions;
	date_t today;
};

/* What is planned for the line at INDEX; of an invoice that is planned as a whole, for its first line that is
 * not paid. */
static const struct action *action_of(const struct sheet *sheet, guint index)
{
	for (guint i = 0; i < sheet->actions->len; i++) {
		const struct action *action = g_ptr_array_index(sheet->actions, i);
		const struct due_line_row *line = g_ptr_array_index(sheet->lines, index);
		bool first = line->due_on == sheet->receivable->due_date;
		if (action->line == (int64_t)index + 1 || (action->line == 0 && first))
			return action;
	}
	return NULL;
}

static int64_t disputed_of(const struct sheet *sheet, guint index)
{
	const struct chase *chase = sheet->chase;
	if (chase->lines != NULL && index < chase->lines->len)
		return g_array_index(chase->lines, struct chase_line, index).disputed;
	return sheet->lines->len == 1 ? chase->standing.disputed : 0;
}

static const char *state_of(const struct sheet *sheet, date_t due_on, int64_t open, int64_t disputed)
{
	if (strcmp(sheet->receivable->state, "void") == 0)
		return "void";
	if (open <= 0)
		return sheet->receivable->total < 0 && open < 0 ? "open" : "paid";
	if (disputed >= open)
		return "disputed";
	return due_on < sheet->today ? "overdue" : "open";
}

static void print_line(struct printer *printer, const struct sheet *sheet, guint index)
{
	const struct receivable *receivable = sheet->receivable;
	const struct due_line_row *line = g_ptr_array_index(sheet->lines, index);
	const struct action *action = action_of(sheet, index);
	bool several = sheet->lines->len > 1 && receivable->total > 0;
	int64_t open = several ? due_line_open(receivable->total, receivable->open, sheet->lines, index)
			       : receivable->open;
	int64_t disputed = disputed_of(sheet, index);
	printer_number(printer, index + 1);
	printer_date(printer, line->due_on);
	printer_money(printer, money(line->amount, receivable->currency));
	printer_money(printer, money(open, receivable->currency));
	printer_money(printer, money(disputed, receivable->currency));
	printer_text(printer, state_of(sheet, line->due_on, open, disputed));
	printer_text(printer, several ? line->last_step : receivable->last_step);
	printer_date(printer, several ? line->last_step_on : receivable->last_step_on);
	printer_text(printer, action == NULL ? NULL : action->step);
	printer_date(printer, action == NULL ? DATE_NONE : action->due_on);
	printer_emphasis(printer, EMPHASIS_WARNING);
	printer_text(printer, action == NULL ? NULL : action->guard);
	printer_date(printer, action == NULL ? DATE_NONE : action->held_until);
	printer_text(printer, action == NULL ? NULL : action->why);
	printer_end_row(printer);
}

/* People are told of due lines where there are several. */
static void print_lines(struct printer *printer, const struct sheet *sheet)
{
	bool plain = printer_is_for_people(printer) && sheet->lines->len < 2;
	printer_begin_list(printer, "due_lines", "Due", fields, ARRAY_LENGTH(fields));
	for (guint i = 0; !plain && i < sheet->lines->len; i++)
		print_line(printer, sheet, i);
	printer_end_list(printer);
}

bool report_due_lines(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct printer *printer, struct error *error)
{
	struct desk desk;
	struct chase chase = {0};
	if (!desk_init(&desk, ledger, site, error))
		return false;
	struct sheet sheet = {.receivable = receivable, .chase = &chase, .today = ledger->today};
	bool ok = chase_init(&chase, &desk, receivable, error) &&
		  (sheet.lines = due_line_list(ledger->store, receivable->id, error)) &&
		  (sheet.actions = action_list_of_receivable(ledger->store, receivable->id, error));
	if (ok)
		print_lines(printer, &sheet);
	rows_free(&due_line_table, sheet.lines);
	rows_free(&action_table, sheet.actions);
	chase_clear(&chase);
	desk_clear(&desk);
	return ok;
}
