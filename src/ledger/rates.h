/* Rates of interest by half-year, from conf/rates.tsv: data with a source per row, never extrapolated. */
#ifndef RELANCE_LEDGER_RATES_H
#define RELANCE_LEDGER_RATES_H

#include "base/base.h"
#include "base/config.h"
#include "base/date.h"

#define RATE_ONE_PERCENT 1000 /* rates are thousandths of a percent: 12.15 % is 12150 */

struct rates;

struct rates *rates_new(void);
void rates_free(struct rates *rates);
/* Adds the rows of a file's TEXT; NAME is for messages ("rates.tsv:12: …", STATUS_CONFIG). Later rows
 * replace. */
bool rates_add(struct rates *rates, const char *name, const char *text, struct error *error);
/* The shipped table (beside template_dir) and the site's own. NULL with ERROR. */
struct rates *rates_load(const struct config *config, struct error *error);
/* The rate of SERIES in the half-year of DAY. CONFIRMED becomes false (never true) where the row is not
 * confirmed. STATUS_NO, naming series and half-year, where the table has none. */
bool rates_get(const struct rates *rates, const char *series, date_t day, int *rate, bool *confirmed,
    struct error *error);
/* The first day of DAY's half-year, and of the next one. */
date_t half_year_start(date_t day);
date_t half_year_next(date_t day);

#endif
