/*
 * Options of the command line, declared: an array of rows says which option goes into which field of a
 *struct, and everything else (parsing, --help, completion, the check of the manual page) follows from it.
 *
 *	struct pay_options { struct date_option on; const char *reference; };
 *	static const struct option_row pay_rows[] = {
 *	    {0, "on", OPTION_DATE, offsetof(struct pay_options, on), "DATE", "day of the payment (default:
 *today)", NULL}, OPTIONS_END};
 *
 * Long options may be cut as long as they stay unambiguous; `--name=value` and `--name value` are the same;
 *options may stand behind arguments; `--` ends them.
 */
#ifndef RELANCE_RELANCE_OPTIONS_H
#define RELANCE_RELANCE_OPTIONS_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/date.h"

enum option_type {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char *, borrowed from the arguments */
	OPTION_NUMBER, /* int64_t >= 0; -1 where it was not given must be set before */
	OPTION_DATE,   /* struct date_option */
	OPTION_WORD,   /* int: the place of the word in `words`; -1 before */
};

/* A date as it was typed; options_set_dates() fills in the day, because "today" needs the configuration. */
struct date_option {
	const char *text; /* NULL: not given */
	date_t date;	  /* DATE_NONE: not given */
};

struct option_row {
	char letter; /* 0: none */
	const char *name;
	enum option_type type;
	size_t offset;
	const char *argument; /* "DATE"; NULL for flags */
	const char *help;
	const char *const *words; /* OPTION_WORD: ends with NULL */
};
#define OPTIONS_END                                                                                          \
	{                                                                                                    \
		0, NULL, OPTION_FLAG, 0, NULL, NULL, NULL                                                    \
	}

/* Rows and the struct that they fill. */
struct option_set {
	const struct option_row *rows; /* NULL: none */
	void *values;
};

/* Defaults of every field: false, NULL, -1, DATE_NONE. */
void options_init(const struct option_set *set);
/*
 * Takes the options out of ARGUMENTS (COUNT of them); what is left stands in front, its number in LEFT. SETS
 * are looked through in order. With STOP_AT_ARGUMENT the first argument that is no option ends it, and the
 * rest is left as it is. False: STATUS_USAGE with ERROR.
 */
bool options_parse(const struct option_set *sets, size_t set_count, char **arguments, int count,
    bool stop_at_argument, int *left, struct error *error);
/* Gives every date that was typed its day. */
bool options_set_dates(const struct option_set *set, date_t today, struct error *error);
/* One line an option, as --help prints them. */
void options_describe(const struct option_row *rows, struct buffer *text);

/* YYYY-MM-DD, today, tomorrow, yesterday, +8d, -8d, +2w, +1m. Leaves DATE untouched where it is none of them.
 */
bool date_from_words(const char *text, date_t today, date_t *date);
/* A decimal number of at most 18 digits. */
bool number_from_text(const char *text, int64_t *number);

#endif
