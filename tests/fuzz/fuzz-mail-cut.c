/* Cutting loses nothing and invents nothing: each line of the text is in exactly one of the three parts. */
#include "base/base.h"
#include "mail/charset.h"
#include "mail/cut.h"
#include "mail/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static size_t visible(const char *text)
{
	size_t count = 0;
	for (; text && *text; text++)
		count += !g_ascii_isspace(*text);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (!length)
		return 0;
	GString *text = g_string_new(NULL);
	charset_append(text, (const char *)bytes + 1, length - 1, NULL);
	struct text_lines lines;
	text_lines_init(&lines);
	if (bytes[0] & 1)
		text_lines_from_html(&lines, text->str, text->len);
	else
		text_lines_from_plain(&lines, text->str, bytes[0] & 2, bytes[0] & 4);
	struct cut cut;
	cut_lines(&mail_words_shipped, &lines, &cut);
	size_t parts = visible(cut.new_text) + visible(cut.signature) + visible(cut.quoted);
	size_t whole = visible(lines.text->str);
	/* words that share a line with an attribution are in the new text and in the quoted line */
	if (parts < whole || (parts > whole && parts > 2 * whole))
		abort();
	cut_clear(&cut);
	text_lines_clear(&lines);
	g_string_free(text, TRUE);
	return 0;
}
