/* The shipped lexicons and what they read, for the tests of it. */
#ifndef RELANCE_TESTS_UNIT_SHIPPED_H
#define RELANCE_TESTS_UNIT_SHIPPED_H

#include "unit.h"
#include "language/lexicon.h"
#include "language/understand.h"

static struct lexicon *lexicon;

static inline int load(void **state)
{
	(void)state;
	const char *top = g_getenv("top_srcdir");
	char *folder = g_build_filename(top ? top : ".", "conf", "lexicon", NULL);
	GDir *dir = g_dir_open(folder, 0, NULL);
	if (!dir)
		return -1;
	lexicon = lexicon_new();
	const char *name;
	while ((name = g_dir_read_name(dir))) {
		if (!g_str_has_suffix(name, ".lexicon") && !g_str_has_suffix(name, ".model"))
			continue;
		char *path = g_build_filename(folder, name, NULL);
		gchar *text;
		gsize length;
		struct error error = {0};
		if (!g_file_get_contents(path, &text, &length, NULL))
			return -1;
		if (!lexicon_add(lexicon, name, text, length, &error))
			fail_msg("%s", error.text);
		g_free(text);
		g_free(path);
	}
	g_dir_close(dir);
	g_free(folder);
	struct error error = {0};
	return lexicon_finish(lexicon, &error) ? 0 : -1;
}

static inline int unload(void **state)
{
	(void)state;
	lexicon_free(lexicon);
	return 0;
}

static const char quoted[] = "  F2026-118   2026-01-30   2026-03-01   1188.00 EUR\n  F2026-131   2026-02-10  "
			     " 2026-03-12   600.00 EUR\n";

static inline struct understanding *read_with(const char *text, const char *ours, bool automatic)
{
	struct understand_context context = {.sent = date_from_parts(2026, 3, 17),
	    .subject = "Re: facture",
	    .quoted_text = ours,
	    .automatic = automatic};
	return understand(lexicon, text, &context);
}

static inline struct understanding *reading_of(const char *text)
{
	return read_with(text, quoted, false);
}

static inline const struct intent *find(const struct understanding *understanding, enum intent_kind kind)
{
	for (guint i = 0; i < understanding->intents->len; i++) {
		const struct intent *intent = understanding->intents->pdata[i];
		if (intent->kind == kind)
			return intent;
	}
	return NULL;
}

#endif
