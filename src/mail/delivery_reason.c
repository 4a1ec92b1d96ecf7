#include "base/base.h"
#include "mail/delivery_reason.h"

#include "mail/delivery_phrases.h"
#include "mail/folded.h"

#include <glib.h>

static const struct {
	const char *detail; /* behind the class: ".1.1" */
	const char *reason;
} status_table[] = {
    /* RFC 3463 and its registry; three digits: as Exchange Online and Gmail document theirs */
    {".1.1", "unknown_user"},
    {".1.10", "unknown_user"},
    {".1.2", "no_such_domain"},
    {".1.3", "unknown_user"},
    {".1.4", "unknown_user"},
    {".1.6", "has_moved"},
    {".1.7", "policy"},
    {".1.8", "policy"},
    {".2.1", "suspended"},
    {".2.2", "mailbox_full"},
    {".2.3", "too_big"},
    {".3.1", "system"},
    {".3.2", "system"},
    {".3.4", "too_big"},
    {".3.5", "system"},
    {".4.1", "host_unreachable"},
    {".4.2", "host_unreachable"},
    {".4.3", "network"},
    {".4.4", "no_such_domain"},
    {".4.6", "network"},
    {".4.7", "expired"},
    {".4.14", "network"},
    {".5.3", "policy"},
    {".6.0", "content"},
    {".1.20", "content"},
    {".1.90", "policy"},
    {".2.121", "blocked"},
    {".2.122", "blocked"},
    {".4.5", "policy"},
    {".4.11", "network"},
    {".4.12", "network"},
    {".4.300", "expired"},
    {".4.310", "no_such_domain"},
    {".4.312", "network"},
    {".4.316", "host_unreachable"},
    {".4.317", "host_unreachable"},
    {".7.0", "policy"},
    {".7.1", "policy"},
    {".7.25", "blocked"},
    {".7.26", "auth"},
    {".7.23", "auth"},
    {".7.20", "auth"},
    {".7.8", "auth"},
    {".7.9", "auth"},
    {".7.12", "policy"},
    {".7.27", "policy"},
    {".7.28", "spam"},
    {".7.57", "auth"},
    {".7.124", "policy"},
    {".7.133", "policy"},
    {".7.134", "policy"},
    {".7.136", "policy"},
    {".7.501", "spam"},
    {".7.502", "blocked"},
    {".7.503", "blocked"},
    {".7.508", "blocked"},
    {".7.509", "auth"},
    {".7.511", "blocked"},
    {".7.512", "content"},
    {".7.515", "auth"},
    {".7.606", "blocked"},
    {".7.705", "blocked"},
    {".7.708", "blocked"},
};

static const struct {
	const char *reason;
	bool permanent;
	const char *status;
} reasons[] = {
    {"unknown_user", true, "5.1.1"},
    {"no_such_domain", true, "5.1.2"},
    {"has_moved", true, "5.1.6"},
    {"mailbox_full", true, "5.2.2"},
    {"too_big", true, "5.3.4"},
    {"blocked", true, "5.7.1"},
    {"policy", true, "5.7.0"},
    {"auth", true, "5.7.0"},
    {"spam", true, "5.7.1"},
    {"suspended", true, "5.2.1"},
    {"content", true, "5.6.0"},
    {"expired", false, "4.4.7"},
    {"host_unreachable", false, "4.4.1"},
    {"network", false, "4.4.0"},
    {"system", true, "5.3.0"},
};

/* What is looked at of a text that names no recipient of its own. */
#define WORDS_MAX 4000

/* Words so short occur within others, and in names: "spf", "rbl", "spam". */
#define SHORT_WORD 4

/* Whether WORDS occur in TEXT, a short word only where a word begins. */
static bool has_words(const char *text, const char *words)
{
	bool is_short = strlen(words) <= SHORT_WORD;
	for (const char *at = text; (at = strstr(at, words)); at++)
		if (!is_short || at == text || !g_ascii_isalnum(at[-1]))
			return true;
	return false;
}

/* What an address is made of says nothing about it ("spam.box@x.example"); bracket and @ stay. */
static void blank_address(char *text, char *at)
{
	static const char edges[] = " <>()[]\"',;:";
	for (char *left = at; left > text && !strchr(edges, left[-1]); left--)
		left[-1] = '.';
	for (char *right = at + 1; *right && !strchr(edges, *right); right++)
		*right = '.';
}

/* In lower case and one line, so that wrapped words are found; g_free. */
static char *searchable(const char *text)
{
	char *lower = lower_text(text, strnlen(text, WORDS_MAX));
	for (char *at = lower; *at; at++) {
		if (g_ascii_isspace(*at))
			*at = ' ';
		else if (*at == '@')
			blank_address(lower, at);
	}
	return lower;
}

const char *delivery_reason_of_words(const char *text)
{
	char *lower = searchable(text);
	const char *reason = NULL;
	for (size_t i = 0; i < delivery_phrases_count && !reason; i++)
		for (size_t k = 0; delivery_phrases[i].words[k] && !reason; k++)
			if (has_words(lower, delivery_phrases[i].words[k]))
				reason = delivery_phrases[i].reason;
	g_free(lower);
	return reason;
}

const char *delivery_reason_of_status(const char *status)
{
	for (size_t i = 0; i < ARRAY_LENGTH(status_table); i++)
		if (!strcmp(status + strcspn(status, "."), status_table[i].detail))
			return status_table[i].reason;
	return NULL;
}

bool delivery_reason_is_permanent(const char *reason)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
		if (!strcmp(reason, reasons[i].reason))
			return reasons[i].permanent;
	return true;
}

const char *delivery_status_of_reason(const char *reason)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
		if (!strcmp(reason, reasons[i].reason))
			return reasons[i].status;
	return NULL;
}

/* Digits at TEXT, at most three; 0 where there are none or more. */
static size_t short_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	return digits <= 3 ? digits : 0;
}

static bool stands_alone(const char *text, const char *at)
{
	if (at == text)
		return true;
	if (at[-1] == '-') /* "550-5.1.1" of a reply in several lines */
		return at - text >= 4 && g_ascii_isdigit(at[-2]) && g_ascii_isdigit(at[-4]);
	return !g_ascii_isalnum(at[-1]) && !strchr(".@/", at[-1]);
}

char *delivery_find_status(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "45")); at++) {
		if (!stands_alone(text, at) || at[1] != '.')
			continue;
		size_t subject = short_number(at + 2);
		if (!subject || at[2 + subject] != '.')
			continue;
		size_t detail = short_number(at + 3 + subject);
		const char *end = at + 3 + subject + detail;
		bool goes_on = g_ascii_isalnum(*end) || (*end == '.' && g_ascii_isdigit(end[1]));
		if (detail && !goes_on)
			return g_strndup(at, (gsize)(end - at));
	}
	return NULL;
}

int delivery_find_reply(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "45")); at++) {
		bool digits = g_ascii_isdigit(at[1]) && at[1] <= '5' && g_ascii_isdigit(at[2]) &&
			      !g_ascii_isdigit(at[3]);
		bool ends = digits &&
			    (at[3] == ' ' || at[3] == '-' || at[3] == '\0' || at[3] == '\n' || at[3] == '\'');
		if (ends && stands_alone(text, at))
			return (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
	}
	return 0;
}
