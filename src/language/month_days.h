/* Days of a month, a quarter and of work. Civil dates; DATE_NONE where there is no such day. */
#ifndef RELANCE_LANGUAGE_MONTH_DAYS_H
#define RELANCE_LANGUAGE_MONTH_DAYS_H

#include "base/base.h"
#include "base/date.h"

/* So many days from Monday to Friday on, at most 200; ago where DAYS is negative. */
date_t working_days_after(date_t sent, int64_t days);
/* The DAY, or the last one where there are fewer, of the month that is so many after that of SENT. */
date_t month_day(date_t sent, int months, int day);
/* The same of the month that begins on FIRST. */
date_t in_month(date_t first, int day);
/* The last day from Monday to Friday of the month that begins on FIRST. */
date_t last_working_day(date_t first);
/* The Nth weekday (1 Monday) of the month that begins on FIRST, the last one for N below 1. */
date_t nth_weekday(date_t first, int weekday, int64_t n);
/* The Nth working day (next_working_day) of the month that begins on FIRST, the first one for N below 2. */
date_t nth_working_day(date_t first, int64_t n);
/* The last day of the quarter that is so many after that of SENT. */
date_t end_of_quarter(date_t sent, int more);

#endif
