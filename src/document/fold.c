#include "base/base.h"
#include "document/fold.h"

/* The letters of Latin scripts without their accents; 0 for what is no letter and no digit. */
static const char *fold_letter(gunichar letter, char one[8])
{
	switch (letter) {
	case 0xdf: /* ß */
		return "ss";
	case 0xe6: /* æ */
		return "ae";
	case 0xf8: /* ø */
		return "o";
	case 0x153: /* œ */
		return "oe";
	case 0x142: /* ł */
		return "l";
	case 0xb0:  /* ° */
	case 0xba:  /* º */
	case 0x2da: /* ˚ */
		return "o";
	case 0xaa: /* ª */
		return "a";
	case '#':
	case 0x2116: /* № */
		return "no";
	default:
		break;
	}
	one[0] = '\0';
	if (letter < 0x80 && g_ascii_isalnum((char)letter)) {
		one[0] = g_ascii_tolower((char)letter);
		one[1] = '\0';
	} else if (letter >= 0x80 && g_unichar_isalnum(letter)) {
		gunichar parts[4];
		gsize count = g_unichar_fully_decompose(letter, FALSE, parts, ARRAY_LENGTH(parts));
		one[g_unichar_to_utf8(count > 0 ? parts[0] : letter, one)] = '\0';
	}
	return one;
}

static bool is_number_sign(gunichar letter)
{
	return letter == 0xb0 || letter == 0xba || letter == 0x2da;
}

/* "N.º" and "n.o" with a dot between are one word; so are "T.T.C." and "I.V.A.". */
static bool dot_joins(const char *at, size_t letters_so_far)
{
	gunichar next = g_utf8_get_char(at + 1);
	if (is_number_sign(next))
		return true;
	if (letters_so_far != 1 || !g_unichar_isalpha(next))
		return false;
	const char *after = g_utf8_next_char(at + 1);
	return *after == '.' || (!g_unichar_isalnum(g_utf8_get_char(after)));
}

/*
 * "PO-4198", "A.2712.26", "30/01/2026" are one word each, and none of a label; "Nr.17" and "Rechnung-17" are
 * two.
 */
static bool number_goes_on(const char *at, const char *word)
{
	if (strchr("-/_.", *at) == NULL || !g_ascii_isdigit(at[1]))
		return false;
	if (strpbrk(word, "0123456789") != NULL)
		return true;
	size_t letters = strlen(word);
	return *at == '.' ? letters == 1 && *word != 'n' : letters <= 4;
}

/* "N. 2026/112" at the start, as Italians write it; elsewhere the letter is a part of names and numbers. */
static bool is_short_number(const char *text, const struct token *first)
{
	const char *behind = text + first->end;
	return strcmp(first->word, "n") == 0 && *behind == '.' &&
	       g_ascii_isdigit(behind[1 + strspn(behind + 1, " ")]);
}

void tokens_init(struct tokens *tokens, const char *text)
{
	GString *words = g_string_sized_new(strlen(text) + 8);
	tokens->list = g_array_new(FALSE, FALSE, sizeof(struct token));
	GArray *offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
	bool open = false;
	size_t since_dot = 0, word_start = 0;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		const char *plain = at;
		for (; open && g_ascii_isalnum(*at); at++) { /* most of a word */
			g_string_append_c(words, g_ascii_tolower(*at));
			since_dot++;
		}
		if (at > plain)
			TOKEN(tokens, tokens->list->len - 1)->end = (guint)(at - text);
		if (*at == '\0')
			break;
		gunichar letter = g_utf8_get_char(at);
		char one[8];
		const char *folded = fold_letter(g_unichar_tolower(letter), one);
		guint start = (guint)(at - text), end = (guint)(g_utf8_next_char(at) - text);
		bool standing_alone = letter == '#' || letter == 0x2116;
		if (folded[0] == '\0' || (standing_alone && open)) {
			if (open && letter == '.' && dot_joins(at, since_dot)) {
				since_dot = 0;
				continue;
			}
			if (open && number_goes_on(at, words->str + word_start))
				continue;
			if (open)
				g_string_append_c(words, '\0');
			open = false;
			if (folded[0] == '\0')
				continue;
		}
		if (is_number_sign(letter) && !open)
			continue; /* a degree that follows nothing */
		if (!open) {
			struct token token = {NULL, start, end};
			gsize offset = words->len;
			g_array_append_val(tokens->list, token);
			g_array_append_val(offsets, offset);
			open = true;
			since_dot = 0;
			word_start = words->len;
		}
		g_string_append(words, folded);
		since_dot++;
		TOKEN(tokens, tokens->list->len - 1)->end = end;
		/* "n°17", "#17": the number is a word of its own */
		if (standing_alone || is_number_sign(letter)) {
			g_string_append_c(words, '\0');
			open = false;
		}
	}
	tokens->words = g_string_free(words, FALSE);
	for (guint i = 0; i < offsets->len; i++)
		TOKEN(tokens, i)->word = tokens->words + g_array_index(offsets, gsize, i);
	g_array_unref(offsets);
	if (tokens->list->len > 0 && is_short_number(text, TOKEN(tokens, 0)))
		TOKEN(tokens, 0)->word = "no";
}

void tokens_clear(struct tokens *tokens)
{
	g_free(tokens->words);
	g_array_unref(tokens->list);
}
