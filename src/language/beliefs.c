#include "base/base.h"
#include "language/beliefs.h"

#include "language/model.h"

/* 1000 / (1 + exp(-x / 2)) for x = 0..16 */
static const int logistic[] = {
    500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998, 998, 999, 999, 1000};

int belief_from_score(int score)
{
	int size = abs(score);
	int step = MODEL_SCALE / 2;
	int index = size / step;
	int value = 1000;
	if (index < (int)G_N_ELEMENTS(logistic) - 1)
		value = logistic[index] + (logistic[index + 1] - logistic[index]) * (size % step) / step;
	return score >= 0 ? value : 1000 - value;
}

/* Two beliefs, from the four cases: both, only the one, only the other, neither. */
static void weigh_pair(int seldom, int *first, int *second)
{
	int64_t one = (int64_t)*first * (1000 - *second), other = (int64_t)(1000 - *first) * *second;
	int64_t both = (int64_t)*first * *second * seldom / 1000;
	int64_t neither = (int64_t)(1000 - *first) * (1000 - *second), all = one + other + both + neither;
	if (all == 0)
		return;
	*first = (int)((1000 * (one + both) + all / 2) / all);
	*second = (int)((1000 * (other + both) + all / 2) / all);
}

void beliefs_weigh_together(const int seldom[BELIEF_PAIRS], int beliefs[INTENT_COUNT])
{
	size_t pair = 0;
	for (size_t i = 1; i < INTENT_COUNT; i++)
		for (size_t k = 0; k < i; k++, pair++)
			if (seldom[pair] < 1000)
				weigh_pair(seldom[pair], &beliefs[i], &beliefs[k]);
}

int belief_log_odds(int belief)
{
	int low = -6 * MODEL_SCALE, high = 6 * MODEL_SCALE;
	while (high - low > 1) {
		int middle = (low + high) / 2;
		if (belief_from_score(middle) <= belief)
			low = middle;
		else
			high = middle;
	}
	return low;
}

enum intent_kind beliefs_decide(const int beliefs[INTENT_COUNT], int *confidence)
{
	enum intent_kind primary = INTENT_NONE;
	int none_before = 1000; /* that no intent of a higher order is present */
	*confidence = 0;
	for (int kind = 0; kind <= INTENT_NONE; kind++) {
		int chance = beliefs[kind] * none_before / 1000;
		if (chance > *confidence) {
			primary = (enum intent_kind)kind;
			*confidence = chance;
		}
		none_before = none_before * (1000 - beliefs[kind]) / 1000;
	}
	return primary;
}
