/* What the reader loads while it still may open files, so that nothing in the cage needs to. */
#ifndef RELANCE_READER_SETUP_H
#define RELANCE_READER_SETUP_H

#include "base/base.h"
#include "language/understand.h"

/*
 * All lexicons and models (*.lexicon, *.model) of DIR, then those of EXTRA_DIR (NULL, or a folder that need
 * not exist), each in the order of the names. NULL: ERROR names file and line. To be freed with
 * lexicon_free().
 */
struct lexicon *setup_lexicon(const char *dir, const char *extra_dir, struct error *error);
/*
 * setup_libraries() and setup_lexicon() at the same time on two processors: the lexicons take about as long as
 * the libraries and the models together. NULL: the libraries may not be set up.
 */
struct lexicon *setup_all(const char *dir, const char *extra_dir, struct error *error);
/*
 * The layouts of DIR (host/layout_folder.h), an array of struct layout * that frees them, never NULL. Broken
 * ones are left out: relanced(8) and relance(1) tell of them.
 */
GPtrArray *setup_layouts(const char *dir);
/* Sets the libraries up and makes them load what they would load on first use: tables, character sets. */
void setup_libraries(void);

#endif
