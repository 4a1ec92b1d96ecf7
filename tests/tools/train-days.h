/* The part of the training that learns which of several days an intent means. */
#ifndef RELANCE_TESTS_TRAIN_DAYS_H
#define RELANCE_TESTS_TRAIN_DAYS_H

#include "base/base.h"
#include "language/understand.h"
#include "reply-corpus.h"

#include <stdio.h>

struct day_trainer;

struct day_trainer *day_trainer_new(void);
void day_trainer_free(struct day_trainer *trainer);
/* What EXAMPLE teaches, and whether its outcome counts for the figures (JUDGED). */
void day_trainer_add(struct day_trainer *trainer, const struct lexicon *lexicon,
    const struct example *example, unsigned fold, double weight, bool judged);
/* After the last one that is added. */
void day_trainer_number(struct day_trainer *trainer);
/* Learns from all but those of fold WITHOUT; then day_trainer_test counts those, and day_trainer_write writes
 * the rows of a model. */
void day_trainer_train(struct day_trainer *trainer, unsigned without);
void day_trainer_test(struct day_trainer *trainer, unsigned fold);
void day_trainer_write(const struct day_trainer *trainer, FILE *file);
/* The figures of all tests. */
void day_trainer_print(const struct day_trainer *trainer);

#endif
