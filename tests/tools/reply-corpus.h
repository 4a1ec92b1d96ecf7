/* Reads a reply corpus (JSON lines) and the lexicon files for the tools that measure and train. */
#ifndef RELANCE_TESTS_REPLY_CORPUS_H
#define RELANCE_TESTS_REPLY_CORPUS_H

#include "base/base.h"
#include "language/understand.h"

#include <jansson.h>

struct example {
	json_t *json; /* owned */
	char *text;   /* without the signature lines, owned */
	char *quoted; /* our own mail, owned */
	struct understand_context context;
	bool held_out; /* by the hash of its id */
};

/* Loads every *.lexicon and, with MODEL, every *.model of FOLDER; ends the program with a message where it
 * cannot. */
struct lexicon *load_lexicon(const char *folder, bool model);
/* Appends the examples of a file to EXAMPLES (of struct example *). */
void load_examples(const char *path, GPtrArray *examples);
void example_free(void *example);

#endif
