#include "base/base.h"
#include "ledger/rates.h"

#include "base/buffer.h"
#include "host/file.h"

#include <ctype.h>
#include <glib.h>
#include <unistd.h>

#define RATES_MOST 1048576

struct rate_row {
	char series[32];
	date_t from;
	int rate;
	bool confirmed;
};

struct rates {
	GArray *rows; /* of struct rate_row */
};

struct rates *rates_new(void)
{
	struct rates *rates = g_new(struct rates, 1);
	rates->rows = g_array_new(FALSE, FALSE, sizeof(struct rate_row));
	return rates;
}

void rates_free(struct rates *rates)
{
	if (!rates)
		return;
	g_array_unref(rates->rows);
	g_free(rates);
}

date_t half_year_start(date_t day)
{
	struct date_parts parts = date_parts(day);
	return date_from_parts(parts.year, parts.month < 7 ? 1 : 7, 1);
}

date_t half_year_next(date_t day)
{
	return date_add_months(half_year_start(day), 6);
}

/* "-0.88" as thousandths of a percent. */
static bool parse_percent(const char *text, int *rate)
{
	bool negative = *text == '-';
	text += negative;
	int whole = 0, thousandths = 0, digits = 0;
	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text) && whole < 1000; text++)
		whole = whole * 10 + (*text - '0');
	if (*text == '.')
		for (text++; isdigit((unsigned char)*text) && digits < 3; text++, digits++)
			thousandths = thousandths * 10 + (*text - '0');
	for (; digits < 3; digits++)
		thousandths *= 10;
	*rate = (whole * RATE_ONE_PERCENT + thousandths) * (negative ? -1 : 1);
	return *text == '\0';
}

static bool parse_row(char **fields, struct rate_row *row)
{
	size_t count = g_strv_length(fields);
	if (count != 5 || strlen(fields[0]) >= sizeof row->series || !*fields[0] || !*fields[4] ||
	    !date_parse(fields[1], &row->from) || !parse_percent(fields[2], &row->rate))
		return false;
	g_strlcpy(row->series, fields[0], sizeof row->series);
	row->confirmed = strcmp(fields[3], "yes") == 0;
	return (row->confirmed || strcmp(fields[3], "no") == 0) && row->from == half_year_start(row->from);
}

static struct rate_row *find(const struct rates *rates, const char *series, date_t from)
{
	for (guint i = 0; i < rates->rows->len; i++) {
		struct rate_row *row = &g_array_index(rates->rows, struct rate_row, i);
		if (row->from == from && strcmp(row->series, series) == 0)
			return row;
	}
	return NULL;
}

bool rates_add(struct rates *rates, const char *name, const char *text, struct error *error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i]; i++) {
		g_strchomp(lines[i]);
		if (!*lines[i] || *lines[i] == '#')
			continue;
		g_auto(GStrv) fields = g_strsplit(lines[i], "\t", -1);
		struct rate_row row;
		if (!parse_row(fields, &row))
			return error_set(error, STATUS_CONFIG,
			    "%s:%d: wanted: series, first day of a half-year, percent, yes or no, source",
			    name, i + 1);
		struct rate_row *same = find(rates, row.series, row.from);
		if (same)
			*same = row;
		else
			g_array_append_val(rates->rows, row);
	}
	return true;
}

static bool add_file(struct rates *rates, const char *path, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	bool done = file_read(path, RATES_MOST, &text, error) && rates_add(rates, path, text.bytes, error);
	buffer_clear(&text);
	return done;
}

struct rates *rates_load(const struct config *config, struct error *error)
{
	static const char site[] = RELANCE_SYSCONFDIR "/relance/rates.tsv";
	g_autofree char *folder = g_path_get_dirname(config->template_dir);
	g_autofree char *shipped = g_build_filename(folder, "rates.tsv", NULL);
	struct rates *rates = rates_new();
	if (add_file(rates, shipped, error) && (access(site, F_OK) != 0 || add_file(rates, site, error)))
		return rates;
	rates_free(rates);
	return NULL;
}

bool rates_get(const struct rates *rates, const char *series, date_t day, int *rate, bool *confirmed,
    struct error *error)
{
	date_t start = half_year_start(day);
	const struct rate_row *row = find(rates, series, start);
	struct date_parts parts = date_parts(start);
	if (!row)
		return error_set(error, STATUS_NO, "the table of rates has no %s for the %s half of %d",
		    series, parts.month == 1 ? "first" : "second", parts.year);
	*rate = row->rate;
	*confirmed = *confirmed && row->confirmed;
	return true;
}
