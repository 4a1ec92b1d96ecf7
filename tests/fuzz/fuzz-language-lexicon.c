/* A lexicon file never crashes the loader; one that is taken can be used. */
#include "base/base.h"
#include "language/understand.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	bool taken = lexicon_add(lexicon, "fuzz", (const char *)bytes, length, &error);
	if (!taken && error.text[0] == '\0')
		abort();
	if (lexicon_finish(lexicon, &error)) {
		struct understand_context context = {.sent = date_from_parts(2026, 3, 17)};
		understanding_free(
		    understand(lexicon, "we will pay on friday 20 march, not 1 188,00 € today", &context));
	}
	lexicon_free(lexicon);
	return 0;
}
