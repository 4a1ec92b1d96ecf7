#include "base/base.h"
#include "relance/options.h"

bool number_from_text(const char *text, int64_t *number)
{
	size_t length = strspn(text, "0123456789");
	if (length == 0 || length > 18 || text[length] != '\0')
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

/* "+8d", "-2w", "+1m" */
static bool relative_date(const char *text, date_t today, date_t *date)
{
	int sign = *text == '-' ? -1 : 1;
	size_t digits = strspn(text + 1, "0123456789");
	if (digits == 0 || digits > 4 || text[1 + digits] == '\0' || text[2 + digits] != '\0')
		return false;
	int count = sign * (int)strtol(text + 1, NULL, 10);
	switch (text[1 + digits]) {
	case 'd':
		*date = today + count;
		return true;
	case 'w':
		*date = today + 7 * count;
		return true;
	case 'm':
		*date = date_add_months(today, count);
		return true;
	default:
		return false;
	}
}

bool date_from_words(const char *text, date_t today, date_t *date)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {{"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (strcmp(text, words[i].word) == 0) {
			*date = today + words[i].days;
			return true;
		}
	if (*text == '+' || *text == '-')
		return relative_date(text, today, date);
	return date_parse(text, date);
}

/* --- looking up */

static void *field_of(const struct option_set *set, const struct option_row *row)
{
	return (char *)set->values + row->offset;
}

void options_init(const struct option_set *set)
{
	for (const struct option_row *row = set->rows; row != NULL && row->name != NULL; row++) {
		void *field = field_of(set, row);
		switch (row->type) {
		case OPTION_FLAG:
			*(bool *)field = false;
			break;
		case OPTION_TEXT:
			*(const char **)field = NULL;
			break;
		case OPTION_NUMBER:
			*(int64_t *)field = -1;
			break;
		case OPTION_DATE:
			*(struct date_option *)field = (struct date_option){NULL, DATE_NONE};
			break;
		case OPTION_WORD:
			*(int *)field = -1;
			break;
		}
	}
}

struct match {
	const struct option_set *set;
	const struct option_row *row;
};

/* NAME of LENGTH bytes, whole or the unambiguous start of one. */
static bool find_long(const struct option_set *sets, size_t set_count, const char *name, size_t length,
    struct match *match, struct error *error)
{
	int hits = 0;
	for (size_t s = 0; s < set_count; s++)
		for (const struct option_row *row = sets[s].rows; row != NULL && row->name != NULL; row++) {
			if (strncmp(row->name, name, length) != 0)
				continue;
			*match = (struct match){&sets[s], row};
			if (row->name[length] == '\0')
				return true;
			hits++;
		}
	if (hits == 0)
		return error_set(error, STATUS_USAGE, "unknown option --%.*s", (int)length, name);
	if (hits > 1)
		return error_set(error, STATUS_USAGE, "option --%.*s can mean several", (int)length, name);
	return true;
}

static bool find_letter(
    const struct option_set *sets, size_t set_count, char letter, struct match *match, struct error *error)
{
	for (size_t s = 0; s < set_count; s++)
		for (const struct option_row *row = sets[s].rows; row != NULL && row->name != NULL; row++)
			if (row->letter == letter) {
				*match = (struct match){&sets[s], row};
				return true;
			}
	return error_set(error, STATUS_USAGE, "unknown option -%c", letter);
}

/* --- taking values */

static bool set_word(const struct option_row *row, int *field, const char *value, struct error *error)
{
	struct buffer allowed = BUFFER_EMPTY;
	for (int i = 0; row->words[i] != NULL; i++) {
		if (strcmp(row->words[i], value) == 0) {
			*field = i;
			buffer_clear(&allowed);
			return true;
		}
		buffer_printf(&allowed, "%s%s", i == 0 ? "" : ", ", row->words[i]);
	}
	error_set(error, STATUS_USAGE, "--%s %s: not one of %s", row->name, value, allowed.bytes);
	buffer_clear(&allowed);
	return false;
}

static bool set_value(const struct match *match, const char *value, struct error *error)
{
	void *field = field_of(match->set, match->row);
	switch (match->row->type) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return true;
	case OPTION_TEXT:
		*(const char **)field = value;
		return true;
	case OPTION_NUMBER:
		return number_from_text(value, field) ||
		       error_set(error, STATUS_USAGE, "--%s %s: not a number", match->row->name, value);
	case OPTION_DATE:
		((struct date_option *)field)->text = value;
		return true;
	case OPTION_WORD:
		return set_word(match->row, field, value, error);
	}
	abort();
}

/* What walks over the arguments. */
struct walk {
	char **arguments;
	int count;
	int here;
	int left; /* arguments kept so far */
};

static bool take_long(
    const struct option_set *sets, size_t set_count, struct walk *walk, const char *text, struct error *error)
{
	struct match match = {NULL, NULL};
	size_t length = strcspn(text, "=");
	const char *value = text[length] == '=' ? text + length + 1 : NULL;
	if (!find_long(sets, set_count, text, length, &match, error))
		return false;
	if (match.row->type == OPTION_FLAG && value != NULL)
		return error_set(error, STATUS_USAGE, "option --%s takes no value", match.row->name);
	if (match.row->type != OPTION_FLAG && value == NULL) {
		if (walk->here >= walk->count)
			return error_set(error, STATUS_USAGE, "option --%s wants %s", match.row->name,
			    match.row->argument);
		value = walk->arguments[walk->here++];
	}
	return set_value(&match, value, error);
}

static bool take_letters(const struct option_set *sets, size_t set_count, struct walk *walk,
    const char *letters, struct error *error)
{
	while (*letters != '\0') {
		struct match match = {NULL, NULL};
		const char *value = NULL;
		if (!find_letter(sets, set_count, *letters++, &match, error))
			return false;
		if (match.row->type != OPTION_FLAG && *letters != '\0') {
			value = letters;
			letters = "";
		} else if (match.row->type != OPTION_FLAG) {
			if (walk->here >= walk->count)
				return error_set(error, STATUS_USAGE, "option -%c wants %s",
				    match.row->letter, match.row->argument);
			value = walk->arguments[walk->here++];
		}
		if (!set_value(&match, value, error))
			return false;
	}
	return true;
}

bool options_parse(const struct option_set *sets, size_t set_count, char **arguments, int count,
    bool stop_at_argument, int *left, struct error *error)
{
	struct walk walk = {arguments, count, 0, 0};
	bool ended = false;
	while (walk.here < walk.count) {
		char *argument = arguments[walk.here++];
		if (!ended && strcmp(argument, "--") == 0) {
			ended = true;
		} else if (ended || argument[0] != '-' || argument[1] == '\0') {
			arguments[walk.left++] = argument;
			ended = ended || stop_at_argument;
		} else if (argument[1] == '-' ? !take_long(sets, set_count, &walk, argument + 2, error)
					      : !take_letters(sets, set_count, &walk, argument + 1, error)) {
			return false;
		}
	}
	*left = walk.left;
	return true;
}

bool options_set_dates(const struct option_set *set, date_t today, struct error *error)
{
	for (const struct option_row *row = set->rows; row != NULL && row->name != NULL; row++) {
		if (row->type != OPTION_DATE)
			continue;
		struct date_option *option = field_of(set, row);
		if (option->text != NULL && !date_from_words(option->text, today, &option->date))
			return error_set(error, STATUS_USAGE,
			    "--%s %s: not a date (YYYY-MM-DD, today, tomorrow, +8d)", row->name,
			    option->text);
	}
	return true;
}

void options_describe(const struct option_row *rows, struct buffer *text)
{
	for (const struct option_row *row = rows; row != NULL && row->name != NULL; row++) {
		struct buffer left = BUFFER_EMPTY;
		if (row->letter != 0)
			buffer_printf(&left, "-%c, ", row->letter);
		else
			buffer_append_text(&left, "    ");
		buffer_printf(&left, "--%s", row->name);
		if (row->argument != NULL)
			buffer_printf(&left, " %s", row->argument);
		buffer_printf(text, "  %-26s  %s\n", left.bytes, row->help);
		buffer_clear(&left);
	}
}
