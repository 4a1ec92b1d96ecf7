/*
 * Late-payment interest and the fixed compensation, by jurisdiction. Exact: sums of integers over a common
 * denominator, rounded half away from zero once, at the end of the whole; the lines of the statement are
 * differences of rounded running totals, so that they add up to the total to the cent. Simple interest,
 * actual days over 365. The due date itself bears none, the day on which the money arrives does (C. com.
 * L441-10 II; directive 2011/7/EU, art. 3 (3); BGB § 187; Act of 1998, s. 4): so many days as lie between the
 * two. Each is the span from one day to the next; a half-year's rate is for those that begin in it.
 */
#ifndef RELANCE_LEDGER_INTEREST_H
#define RELANCE_LEDGER_INTEREST_H

#include "base/money.h"
#include "ledger/rates.h"

#include <glib.h>

/* Which half-year's rate counts. */
enum interest_period {
	INTEREST_BY_HALF_YEAR, /* each half-year its own */
	INTEREST_OF_START,     /* that of the first day of interest, for all of the time */
	INTEREST_OF_END,       /* that of the day of payment, for all of the time and what is paid then */
};

/* From this day on a debt bears interest. */
enum interest_start { INTEREST_FROM_DUE, INTEREST_FROM_NOTICE };

struct compensation_band {
	int64_t below; /* minor units of the debt; INT64_MAX for the last */
	int64_t amount;
};

struct interest_rule {
	const char *name;   /* "fr-business" */
	const char *series; /* of the rates */
	int margin;	    /* added to it, thousandths of a percent */
	int round_up_to;    /* the sum is rounded up to a multiple of this; 0: not */
	enum interest_period period;
	enum interest_start start;
	const char *floor_series; /* of a contract's rate: not below FLOOR_TIMES this; NULL: none */
	int floor_times;
	const char *currency;			      /* of the compensation, "" where there is none */
	const struct compensation_band *compensation; /* NULL: none */
	const char *law;
};

/* NULL where there is none of that name. */
const struct interest_rule *interest_rule_find(const char *name);
/* The rule for a creditor in COUNTRY and a customer of KIND (business, public, consumer); NULL where none is
 * known. */
const struct interest_rule *interest_rule_for(const char *country, const char *kind);

struct interest_due {
	date_t due_on;
	int64_t amount;	  /* minor units */
	date_t notice_on; /* of the formal notice about it; DATE_NONE: none (INTEREST_FROM_NOTICE: no interest
			     then) */
	bool left_out;	  /* payments fill it as the others, but it is not reckoned */
};
/* What lowers the debt: payments and credits; they fill the earliest due line first. */
struct interest_payment {
	date_t on;
	int64_t amount; /* > 0 */
};

struct interest_debt {
	const char *currency;
	const struct interest_due *lines; /* by due date */
	size_t line_count;
	const struct interest_payment *payments; /* by date */
	size_t payment_count;
	int64_t fees;	   /* claimed on top of the first line: payments fill it behind that, it bears none */
	int contract_rate; /* thousandths of a percent; 0: the law's */
};

struct interest_line {
	date_t due_on;	 /* of the due line that it is about */
	date_t from, to; /* FROM is not counted, TO is: the first day that bears interest is FROM + 1 */
	int days;
	int64_t base;
	int rate; /* thousandths of a percent */
	int64_t amount;
};

struct interest {
	GArray *lines; /* of struct interest_line */
	int64_t interest;
	int64_t compensation; /* once for the debt, by what of it was unpaid when it became late; 0: never
				 late, or not in its currency */
	bool confirmed;	      /* all rates used are confirmed ones */
};

/* As of the day TO. STATUS_NO where a rate is missing, naming it. */
bool interest_compute(const struct rates *rates, const struct interest_rule *rule,
    const struct interest_debt *debt, date_t to, struct interest *interest, struct error *error);
void interest_clear(struct interest *interest);

#endif
