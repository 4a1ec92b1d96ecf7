#include "base/base.h"
#include "dunning/plan.h"

#include "dunning/guards.h"

const char *channel_word(enum step_channel channel)
{
	static const char *const words[] = {[CHANNEL_MAIL] = "mail",
	    [CHANNEL_LETTER] = "letter",
	    [CHANNEL_CALL] = "call",
	    [CHANNEL_TASK] = "task"};
	return words[channel];
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Most plans stay as they are: reading is cheaper than writing. */
static bool put_changed(struct store *store, const struct action *action, struct error *error)
{
	struct action present;
	bool found;
	if (!action_get(store, action->receivable, &present, &found, error))
		return false;
	bool same = found && same_text(present.step, action->step) &&
		    same_text(present.channel, action->channel) && same_text(present.guard, action->guard) &&
		    same_text(present.why, action->why) && present.due_on == action->due_on &&
		    present.held_until == action->held_until && present.customer == action->customer;
	if (found)
		row_clear(&action_table, &present);
	return same || action_put(store, action, error);
}

/* The next step as an action that borrows its texts. */
static bool write_action(const struct chase *chase, const struct ladder_step *next, struct error *error)
{
	const struct ledger *ledger = chase->desk->ledger;
	struct guard_question question = {
	    .desk = chase->desk,
	    .chase = chase,
	    .step = next->step,
	    .day = next->due_on > ledger->today ? next->due_on : ledger->today,
	};
	struct guard_verdict verdict;
	if (!guard_first(&question, GUARD_CASE, &verdict, error))
		return false;
	struct action action = {
	    .receivable = chase->receivable->id,
	    .customer = chase->receivable->customer,
	    .step = next->step->name,
	    .channel = (char *)channel_word(next->step->channel),
	    .due_on = next->due_on,
	    .guard = (char *)verdict.name,
	    .held_until = verdict.name ? verdict.until : DATE_NONE,
	    .why = (char *)(verdict.name ? verdict.why : next->why),
	};
	return put_changed(ledger->store, &action, error);
}

static bool plan_one(struct desk *desk, const struct receivable *receivable, struct error *error)
{
	if (!receivable_is_chased(desk->ledger->config, receivable))
		return action_delete(desk->ledger->store, receivable->id, error);
	struct chase chase;
	if (!chase_init(&chase, desk, receivable, error))
		return false;
	struct ladder_step next;
	bool done = chase_next_step(&chase, &next)
			? write_action(&chase, &next, error)
			: action_delete(desk->ledger->store, receivable->id, error);
	chase_clear(&chase);
	return done;
}

static bool plan_id(struct desk *desk, int64_t id, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!receivable_get(desk->ledger->store, id, &receivable, &found, error))
		return false;
	bool done = !found || plan_one(desk, &receivable, error);
	if (found)
		row_clear(&receivable_table, &receivable);
	return done;
}

bool plan_touched(struct ledger *ledger, const struct dunning_site *site, struct error *error)
{
	if (g_hash_table_size(ledger->touched) == 0)
		return true;
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	GHashTableIter iterator;
	gpointer key;
	bool done = true;
	g_hash_table_iter_init(&iterator, ledger->touched);
	while (done && g_hash_table_iter_next(&iterator, &key, NULL))
		done = plan_id(&desk, *(const gint64 *)key, error);
	desk_clear(&desk);
	if (done)
		g_hash_table_remove_all(ledger->touched);
	return done;
}

bool plan_all(struct ledger *ledger, const struct dunning_site *site, int64_t *count, struct error *error)
{
	GPtrArray *open = receivable_list(ledger->store, NULL, "open", error);
	struct desk desk;
	if (!open)
		return false;
	bool done = desk_init(&desk, ledger, site, error) && desk_prepare(&desk, error);
	for (guint i = 0; done && i < open->len; i++)
		done = plan_one(&desk, open->pdata[i], error);
	if (count)
		*count = open->len;
	desk_clear(&desk);
	rows_free(&receivable_table, open);
	return done;
}

/* The step that an action names, or the next one of the ladder. */
static const struct step_config *step_of(const struct chase *chase, const struct action *action)
{
	const struct ladder_config *ladder = chase->ladder;
	int index = ladder && action ? ladder_index(ladder, action->step) : -1;
	struct ladder_step next;
	if (index >= 0)
		return &ladder->steps[index];
	return chase_next_step(chase, &next) ? next.step : NULL;
}

GArray *plan_guards(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const struct action *action, struct error *error)
{
	struct desk desk;
	struct chase chase;
	if (!desk_init(&desk, ledger, site, error))
		return NULL;
	if (!chase_init(&chase, &desk, receivable, error)) {
		desk_clear(&desk);
		return NULL;
	}
	GArray *verdicts = g_array_new(FALSE, FALSE, sizeof(struct guard_verdict));
	struct guard_question question = {&desk, &chase, step_of(&chase, action), ledger->today, 0};
	if (!guard_all(&question, GUARD_ANY, verdicts, error))
		g_clear_pointer(&verdicts, g_array_unref);
	chase_clear(&chase);
	desk_clear(&desk);
	return verdicts;
}
