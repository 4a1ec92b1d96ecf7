#include "unit.h"
#include "language/beliefs.h"
#include "language/model.h"

/* Where in the triangle the pair stands. */
static size_t pair_of(enum intent_kind first, enum intent_kind second)
{
	size_t low = MIN(first, second), high = MAX(first, second);
	return high * (high - 1) / 2 + low;
}

static void know_nothing(int seldom[BELIEF_PAIRS])
{
	for (size_t i = 0; i < BELIEF_PAIRS; i++)
		seldom[i] = 1000;
}

static void a_score_and_its_belief_go_both_ways(void **state)
{
	(void)state;
	assert_int_equal(belief_from_score(0), 500);
	for (int score = -4 * MODEL_SCALE; score <= 4 * MODEL_SCALE; score += 8) {
		int back = belief_log_odds(belief_from_score(score));
		assert_in_range(back + 1000, score - 2 + 1000, score + 2 + 1000);
	}
}

static void what_never_stands_together_takes_belief_from_each_other(void **state)
{
	(void)state;
	int seldom[BELIEF_PAIRS], beliefs[INTENT_COUNT] = {0};
	know_nothing(seldom);
	seldom[pair_of(INTENT_PAID, INTENT_REMITTANCE)] = 0;
	beliefs[INTENT_PAID] = 500;
	beliefs[INTENT_REMITTANCE] = 900;
	beliefs[INTENT_REQUEST] = 400;
	beliefs_weigh_together(seldom, beliefs);
	/* 0.5 * 0.1 paid alone, 0.5 * 0.9 a remittance alone, 0.5 * 0.1 neither */
	assert_int_equal(beliefs[INTENT_PAID], 91);
	assert_int_equal(beliefs[INTENT_REMITTANCE], 818);
	assert_int_equal(beliefs[INTENT_REQUEST], 400);
}

static void what_may_stand_together_stays_as_it_was(void **state)
{
	(void)state;
	int seldom[BELIEF_PAIRS], beliefs[INTENT_COUNT], before[INTENT_COUNT];
	know_nothing(seldom);
	for (int i = 0; i < INTENT_COUNT; i++)
		before[i] = beliefs[i] = 70 * i;
	beliefs_weigh_together(seldom, beliefs);
	assert_memory_equal(beliefs, before, sizeof(before));
}

static void two_certainties_that_exclude_each_other_both_stand(void **state)
{
	(void)state;
	int seldom[BELIEF_PAIRS], beliefs[INTENT_COUNT] = {0};
	know_nothing(seldom);
	seldom[pair_of(INTENT_PROMISE, INTENT_TICKET)] = 0;
	beliefs[INTENT_PROMISE] = beliefs[INTENT_TICKET] = 1000;
	beliefs_weigh_together(seldom, beliefs);
	assert_int_equal(beliefs[INTENT_PROMISE], 1000);
	assert_int_equal(beliefs[INTENT_TICKET], 1000);
}

static void the_primary_intent_is_likeliest_to_be_the_first(void **state)
{
	(void)state;
	int beliefs[INTENT_COUNT] = {0}, confidence;
	assert_int_equal(beliefs_decide(beliefs, &confidence), INTENT_NONE);
	assert_int_equal(confidence, 0);
	beliefs[INTENT_DISPUTE] = 300;
	beliefs[INTENT_PAID] = 900;
	assert_int_equal(beliefs_decide(beliefs, &confidence), INTENT_PAID);
	assert_int_equal(confidence, 630);
	beliefs[INTENT_DISPUTE] = 600;
	assert_int_equal(beliefs_decide(beliefs, &confidence), INTENT_DISPUTE);
	assert_int_equal(confidence, 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_score_and_its_belief_go_both_ways),
	    cmocka_unit_test(what_never_stands_together_takes_belief_from_each_other),
	    cmocka_unit_test(what_may_stand_together_stays_as_it_was),
	    cmocka_unit_test(two_certainties_that_exclude_each_other_both_stand),
	    cmocka_unit_test(the_primary_intent_is_likeliest_to_be_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
