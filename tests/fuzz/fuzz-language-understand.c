/* Any text is understood as something: days, amounts and all fields of any reply, with the shipped lexicons.
 */
#include "base/base.h"
#include "language/understand.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct lexicon *shipped(void)
{
	static const char *const names[] = {"common.lexicon", "de.lexicon", "en.lexicon", "es.lexicon",
	    "fr.lexicon", "it.lexicon", "nl.lexicon", "replies.model"};
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		char *path = g_build_filename(FUZZ_TOP, "conf", "lexicon", names[i], NULL);
		gchar *text;
		gsize length;
		if (!g_file_get_contents(path, &text, &length, NULL) ||
		    !lexicon_add(lexicon, names[i], text, length, &error))
			abort();
		g_free(text);
		g_free(path);
	}
	if (!lexicon_finish(lexicon, &error))
		abort();
	return lexicon;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct lexicon *lexicon;
	if (!lexicon)
		lexicon = shipped();
	if (length < 2)
		return 0;
	char *text = g_strndup((const char *)bytes + 2, length - 2);
	struct understand_context context = {
	    .sent = bytes[0] == 0 ? DATE_NONE : date_from_parts(2024, 1, 1) + 4 * bytes[0],
	    .automatic = bytes[1] & 1,
	    .subject = bytes[1] & 2 ? "Re: invoice F2026-118" : NULL,
	    .quoted_text = bytes[1] & 4	  ? "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n"
			   : bytes[1] & 8 ? text
					  : NULL};
	struct understanding *understanding = understand(lexicon, text, &context);
	if (understanding->intents->len == 0 || understanding->confidence < 0 ||
	    understanding->confidence > 1000)
		abort();
	understanding_free(understanding);
	g_free(text);
	return 0;
}
