#include "base/base.h"
#include "dunning/plan.h"

#include "dunning/guards.h"

/* Customers whose rows are in memory together. */
#define CUSTOMERS_AT_ONCE 1000

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

static bool is_same(const struct action *a, const struct action *b)
{
	return same_text(a->step, b->step) && same_text(a->channel, b->channel) &&
	       same_text(a->guard, b->guard) && same_text(a->why, b->why) && a->due_on == b->due_on &&
	       a->held_until == b->held_until && a->customer == b->customer;
}

/* Where plans go: PRESENT has those of the customers that are planned (gint64 receivable id -> struct
 * action), what is done is taken out of it; NULL: the store is asked for each. */
struct planner {
	struct desk desk;
	GHashTable *present;
};

/* Most plans stay as they are: reading is cheaper than writing. */
static bool put_changed(struct planner *planner, const struct action *action, struct error *error)
{
	struct store *store = planner->desk.ledger->store;
	struct action present;
	bool found, done = true;
	gint64 key = action->receivable;
	if (planner->present) {
		const struct action *known = g_hash_table_lookup(planner->present, &key);
		if (!known)
			return action_insert(store, action, error);
		done = is_same(known, action) || action_update(store, action, error);
		g_hash_table_remove(planner->present, &key);
		return done;
	}
	if (!action_get(store, action->receivable, &present, &found, error))
		return false;
	if (!found)
		return action_insert(store, action, error);
	done = is_same(&present, action) || action_update(store, action, error);
	row_clear(&action_table, &present);
	return done;
}

/* What PRESENT has left at the end is deleted. */
static bool put_none(struct planner *planner, const struct receivable *receivable, struct error *error)
{
	return planner->present || action_delete(planner->desk.ledger->store, receivable->id, error);
}

/* The next step as an action that borrows its texts. */
static bool write_action(
    struct planner *planner, const struct chase *chase, const struct ladder_step *next, struct error *error)
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
	return put_changed(planner, &action, error);
}

static bool plan_one(struct planner *planner, const struct receivable *receivable, struct error *error)
{
	if (!receivable_is_chased(planner->desk.ledger->config, receivable))
		return put_none(planner, receivable, error);
	struct chase chase;
	if (!chase_init(&chase, &planner->desk, receivable, error))
		return false;
	struct ladder_step next;
	bool done = chase_next_step(&chase, &next) ? write_action(planner, &chase, &next, error)
						   : put_none(planner, receivable, error);
	chase_clear(&chase);
	return done;
}

static bool plan_customer(struct planner *planner, int64_t id, int64_t *count, struct error *error)
{
	const struct desk_customer *customer = desk_customer(&planner->desk, id, error);
	if (!customer)
		return false;
	for (guint i = 0; i < customer->open->len; i++) {
		const struct receivable *receivable = customer->open->pdata[i];
		if (strcmp(receivable->state, "open") != 0)
			continue;
		++*count;
		if (!plan_one(planner, receivable, error))
			return false;
	}
	return true;
}

/* One that was touched by itself; nothing where its customer was planned already. */
static bool plan_id(struct planner *planner, int64_t id, struct error *error)
{
	struct receivable receivable;
	const struct ledger *ledger = planner->desk.ledger;
	bool found;
	if (!receivable_get(ledger->store, id, &receivable, &found, error))
		return false;
	if (!found)
		return true;
	gint64 customer = receivable.customer;
	bool is_planned = strcmp(receivable.state, "open") == 0 &&
			  g_hash_table_contains(ledger->touched_customers, &customer);
	bool done = is_planned || plan_one(planner, &receivable, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

static bool plan_sets(struct planner *planner, struct error *error)
{
	const struct ledger *ledger = planner->desk.ledger;
	GHashTableIter iterator;
	gpointer key;
	int64_t count = 0;
	g_hash_table_iter_init(&iterator, ledger->touched_customers);
	while (g_hash_table_iter_next(&iterator, &key, NULL))
		if (!plan_customer(planner, *(const gint64 *)key, &count, error))
			return false;
	g_hash_table_iter_init(&iterator, ledger->touched);
	while (g_hash_table_iter_next(&iterator, &key, NULL))
		if (!plan_id(planner, *(const gint64 *)key, error))
			return false;
	return true;
}

bool plan_touched(struct ledger *ledger, const struct dunning_site *site, struct error *error)
{
	if (g_hash_table_size(ledger->touched) == 0 && g_hash_table_size(ledger->touched_customers) == 0)
		return true;
	struct planner planner = {0};
	if (!desk_init(&planner.desk, ledger, site, error))
		return false;
	bool done = plan_sets(&planner, error);
	desk_clear(&planner.desk);
	if (done) {
		g_hash_table_remove_all(ledger->touched);
		g_hash_table_remove_all(ledger->touched_customers);
	}
	return done;
}

static void action_free(void *data)
{
	row_free(&action_table, data);
}

/* The actions that are there of customers above AFTER up to LAST. */
static bool load_present(struct planner *planner, int64_t after, int64_t last, struct error *error)
{
	GPtrArray *actions = action_list_range(planner->desk.ledger->store, after, last, error);
	if (!actions)
		return false;
	planner->present = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, action_free);
	for (guint i = 0; i < actions->len; i++) {
		struct action *action = actions->pdata[i];
		g_hash_table_insert(planner->present, &action->receivable, action);
	}
	g_ptr_array_free(actions, TRUE);
	return true;
}

static bool delete_rest(struct planner *planner, struct error *error)
{
	GHashTableIter iterator;
	gpointer key;
	g_hash_table_iter_init(&iterator, planner->present);
	while (g_hash_table_iter_next(&iterator, &key, NULL))
		if (!action_delete(planner->desk.ledger->store, *(const gint64 *)key, error))
			return false;
	return true;
}

/* The customers ROWS, which are taken over, with ids above AFTER. */
static bool plan_customers(
    struct planner *planner, GPtrArray *rows, int64_t after, int64_t *count, struct error *error)
{
	guint length = rows->len;
	int64_t *ids = g_new(int64_t, length);
	for (guint i = 0; i < length; i++)
		ids[i] = ((const struct customer *)rows->pdata[i])->id;
	bool done = desk_load(&planner->desk, rows, after, ids[length - 1], error) &&
		    load_present(planner, after, ids[length - 1], error);
	for (guint i = 0; done && i < length; i++)
		done = plan_customer(planner, ids[i], count, error);
	done = done && delete_rest(planner, error);
	g_clear_pointer(&planner->present, g_hash_table_unref);
	desk_forget_all(&planner->desk);
	g_free(ids);
	return done;
}

bool plan_all(struct ledger *ledger, const struct dunning_site *site, int64_t *count, struct error *error)
{
	struct planner planner = {0};
	int64_t planned = 0, after = 0;
	if (!desk_init(&planner.desk, ledger, site, error))
		return false;
	bool done = desk_prepare(&planner.desk, error);
	for (bool more = true; done && more;) {
		GPtrArray *rows = customer_list_after(ledger->store, after, CUSTOMERS_AT_ONCE, error);
		if (!(done = rows))
			break;
		more = rows->len > 0;
		int64_t last = more ? ((const struct customer *)rows->pdata[rows->len - 1])->id : after;
		if (more)
			done = plan_customers(&planner, rows, after, &planned, error);
		else
			rows_free(&customer_table, rows);
		after = last;
	}
	if (count)
		*count = planned;
	desk_clear(&planner.desk);
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
