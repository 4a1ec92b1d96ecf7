#include "base/base.h"
#include "mail/pointing.h"

#include "mail/folded.h"
#include "mail/hue.h"

/* Longer lines are no remark. */
#define REMARK_MAX 300

static const struct {
	enum mail_word_kind kind;
	enum hue hue;
} colours[] = {
    {MAIL_RED, HUE_RED},
    {MAIL_ORANGE, HUE_ORANGE},
    {MAIL_YELLOW, HUE_YELLOW},
    {MAIL_GREEN, HUE_GREEN},
    {MAIL_BLUE, HUE_BLUE},
    {MAIL_PURPLE, HUE_PURPLE},
};

static bool is_word_start(const char *line, const char *at)
{
	return at == line || (!g_ascii_isalnum(at[-1]) && (unsigned char)at[-1] < 0x80);
}

/* One of the phrases where a word begins; with IS_WHOLE it must end there, too. */
static bool has_phrase(
    const struct mail_words *words, enum mail_word_kind kind, const char *line, bool is_whole)
{
	const struct phrases *phrases = &words->phrases[kind];
	for (size_t i = 0; i < phrases->count; i++)
		for (const char *at = line; (at = strstr(at, phrases->list[i])); at++)
			if (is_word_start(line, at) && (!is_whole || starts_with_word(at, phrases->list[i])))
				return true;
	return false;
}

static unsigned hues_in(const struct mail_words *words, const char *line)
{
	unsigned hues = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(colours); i++)
		if (has_phrase(words, colours[i].kind, line, false))
			hues |= colours[i].hue;
	return hues;
}

struct pointing pointing_of(const struct mail_words *words, const char *line)
{
	struct pointing pointing = {0};
	if (!*line || strlen(line) > REMARK_MAX)
		return pointing;
	bool speaks = has_phrase(words, MAIL_ANSWER, line, false);
	if (!speaks && !has_phrase(words, MAIL_SEE, line, true))
		return pointing;
	pointing.hues = hues_in(words, line);
	pointing.points = pointing.hues || has_phrase(words, MAIL_IN_TEXT, line, false) ||
			  (speaks && has_phrase(words, MAIL_BELOW, line, true));
	return pointing;
}
