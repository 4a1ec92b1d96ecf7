#include "base/base.h"
#include "report/sums.h"

#include "store/figures.h"

bool report_sums(struct store *store, const char *company, int64_t customer, date_t today, const char *title,
    const struct field fields[SUM_FIELDS], struct printer *printer, struct error *error)
{
	GArray *sums = open_sums(store, company, customer, today, error);
	if (sums == NULL)
		return false;
	printer_begin_list(printer, "sums", title, fields, SUM_FIELDS);
	for (guint i = 0; i < sums->len; i++) {
		const struct currency_sum *sum = &g_array_index(sums, struct currency_sum, i);
		printer_text(printer, sum->currency);
		printer_number(printer, sum->count);
		printer_money(printer, money(sum->open, sum->currency));
		printer_number(printer, sum->overdue_count);
		printer_money(printer, money(sum->overdue, sum->currency));
		printer_end_row(printer);
	}
	printer_end_list(printer);
	g_array_unref(sums);
	return true;
}
