#include "base/base.h"
#include "match/match.h"

/* At most so many marks stand between two characters of a number that people write: "F 2026 - 118". */
#define MAX_MARKS 3

static bool is_mark(char c)
{
	return c == ' ' || c == '-' || c == '/' || c == '.' || c == '_' || c == '\t' || c == '\n';
}

/* The end of KEY written at TEXT, or NULL. */
static const char *end_of_number(const char *text, const char *key)
{
	const char *at = text;
	while (*key) {
		int marks = 0;
		while (at != text && is_mark(*at) && marks++ < MAX_MARKS)
			at++;
		if (g_ascii_toupper(*at) != *key)
			return NULL;
		at++;
		key++;
	}
	return at;
}

/* Two numbers side by side must not be read as one: "2026-1" is not in "2026-118", nor "118" in "2026-118".
 */
bool match_text_has_number(const char *text, const char *key)
{
	if (!text || !*key)
		return false;
	for (const char *at = text; *at; at++) {
		bool starts = at == text || !g_ascii_isalnum(at[-1]);
		bool joined =
		    starts && at >= text + 2 && (at[-1] == '-' || at[-1] == '/') && g_ascii_isalnum(at[-2]);
		const char *end = starts && !joined ? end_of_number(at, key) : NULL;
		if (end && !g_ascii_isalnum(*end) &&
		    !((*end == '-' || *end == '/') && g_ascii_isdigit(end[1])))
			return true;
	}
	return false;
}
