/*
 * The statistical second opinion: a linear model over hashed features of a reply, in whole numbers. Trained
 * by tests/tools/train-replies; a file that begins with "relance-model 4".
 */
#ifndef RELANCE_LANGUAGE_MODEL_H
#define RELANCE_LANGUAGE_MODEL_H

#include "base/base.h"
#include "language/beliefs.h"
#include "language/intent.h"

#include <glib.h>

#define MODEL_SCALE	  32 /* a weight of 32 adds 1 to the log odds */
#define MODEL_WEIGHT_MOST 46

struct model;

bool model_is_text(const char *text, size_t length);
/* NULL: bad input, ERROR has "NAME:LINE: what". */
struct model *model_parse(const char *name, const char *text, size_t length, struct error *error);
void model_free(struct model *model);

/* What is said of a clause or a sentence by itself is another feature than the same said of the whole reply:
 * each is the other one's partner. */
#define UNIT_MASK UINT32_C(0x55aa5500)
#define UNIT_SIDE UINT32_C(0x40000000) /* a bit of the mask: which of two partners a feature is */

/* Of two partners the one without the bit. */
static inline uint32_t model_base(uint32_t feature)
{
	return feature & UNIT_SIDE ? feature ^ UNIT_MASK : feature;
}

/* The rows of a file stand in this order of their features, ascending, partners together and the one without
 * UNIT_SIDE first: what is near in it is near in memory. */
static inline uint32_t model_order(uint32_t feature)
{
	return model_base(feature) * 0x9e3779b1u;
}

/*
 * Puts in the place of each of COUNT features its key: where the model has what it knows of it and of its
 * partner, or 0 where it knows neither. Without a MODEL (NULL) a feature is its own key.
 */
void model_find(const struct model *model, uint32_t *features, size_t count);
/* The bits by which the keys of partners differ; MODEL may be NULL. */
uint32_t model_key_of_unit(const struct model *model);
/* All keys are less than that. */
size_t model_key_end(const struct model *model);

/* As a line of a model has them: a character each, into TEXT (COUNT bytes, no NUL). */
void model_write_weights(const int *weights, size_t count, char *text);

/*
 * As much as the whole of a reply can say against a promise or a payment which one of its sentences tells, in
 * 1/MODEL_SCALE: where one invoice is contested, the other one may be paid all the same.
 */
#define MODEL_DOUBT_MOST (5 * MODEL_SCALE)

struct features;
#define NO_UNIT UINT32_MAX
/*
 * The log odds of each intent, in 1/MODEL_SCALE: what the whole reply says for it, and what its best clause
 * or sentence does, which UNITS gets (index into the units; NO_UNIT for none).
 */
void model_score(const struct model *model, const struct features *features, int scores[INTENT_COUNT],
    uint32_t units[INTENT_COUNT]);

/* The words of the second part of a model, in the order of its columns: reasons of disputes, then things that
 * are requested. */
#define MODEL_REASONS 12
#define MODEL_THINGS  9
#define MODEL_VALUES  (MODEL_REASONS + MODEL_THINGS)
extern const char *const model_values[MODEL_VALUES];
/* For each of these words, in 1/MODEL_SCALE, the log odds; of a reason those of the whole reply and those of
 * its best clause or sentence together. */
void model_score_values(const struct model *model, const struct features *features, int scores[MODEL_VALUES]);
/* The third part: what an intent may have a day of, in the order of its columns. */
enum day_kind { DAY_OF_PROMISE, DAY_OF_PAYMENT, DAY_OF_RETURN, DAY_OF_REMITTANCE };
#define DAY_KINDS (DAY_OF_REMITTANCE + 1)
bool model_knows_days(const struct model *model);
/* How much the FEATURES (of uint32_t) of a day speak for it, to be compared with other days. */
int model_score_day(const struct model *model, const GArray *features, enum day_kind kind);
/* What a model says to beliefs_weigh_together(). */
const int *model_seldom(const struct model *model);
/*
 * How sure the choice of PRIMARY is: the log odds, in 1/MODEL_SCALE, of a second small linear model over what
 * the choice looks like (its chance, the runner-up, the rules for and against it). The list of what it looks
 * at is in model_signs(): MODEL_SIGNS numbers in 1/MODEL_SCALE.
 */
#define MODEL_SIGNS (10 + INTENT_COUNT)
void model_signs(const struct features *features, const int beliefs[INTENT_COUNT], enum intent_kind primary,
    int chance, int signs[MODEL_SIGNS]);
/* The confidence, in thousandths, that PRIMARY is right: at least 800 only where 97 of 100 such choices were
 * right. */
int model_confidence(const struct model *model, const struct features *features,
    const int beliefs[INTENT_COUNT], enum intent_kind primary, int chance);

#endif
