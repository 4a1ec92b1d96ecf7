/* Reads a reply corpus (JSON lines) and the lexicon files for the tools that measure and train. */
#ifndef RELANCE_TESTS_REPLY_CORPUS_H
#define RELANCE_TESTS_REPLY_CORPUS_H

#include "base/base.h"
#include "language/understand.h"

#include <jansson.h>

/* What an example is good for, by its id. */
enum example_part {
	PART_CORPUS,   /* answers of people who had not seen the lexicons; a third by the hash of their ids is
			  held out: nobody looked at it when words and rules were written */
	PART_EVERYDAY, /* -m-h-, -m-i-, -m-w-, -m-y-, -m-z-: everyday ones by other such people, all of them
			  held out in that sense */
	PART_MORE,     /* -m-: written for the model to learn from */
	PART_PLAIN     /* -p-: plain sentences */
};

struct example {
	json_t *json; /* owned */
	char *text;   /* without the signature lines, owned */
	char *quoted; /* our own mail, owned */
	struct understand_context context;
	enum example_part part;
	bool held_out;
};

/* Loads every *.lexicon and, with MODEL, every *.model of FOLDER; ends the program with a message where it
 * cannot. */
struct lexicon *load_lexicon(const char *folder, bool model);
/* Appends the examples of a file to EXAMPLES (of struct example *). */
void load_examples(const char *path, GPtrArray *examples);
void example_free(void *example);

#endif
