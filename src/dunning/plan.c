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

/* Where plans go: PRESENT has those that are there of the customers, or the receivable, that are planned (a
 * set of struct action, by receivable and line); what is done is taken out of it, what it has left at the end
 * is deleted. */
struct planner {
	struct desk desk;
	GHashTable *present;
};

static guint action_hash(gconstpointer data)
{
	const struct action *action = data;
	gint64 key = action->receivable * 1000 + action->line;
	return g_int64_hash(&key);
}

static gboolean action_equal(gconstpointer a, gconstpointer b)
{
	const struct action *left = a, *right = b;
	return left->receivable == right->receivable && left->line == right->line;
}

static void action_free(void *data)
{
	row_free(&action_table, data);
}

/* ACTIONS (of struct action, taken over; NULL: reading them failed) become what is there. */
static bool set_present(struct planner *planner, GPtrArray *actions)
{
	if (!actions)
		return false;
	planner->present = g_hash_table_new_full(action_hash, action_equal, action_free, NULL);
	for (guint i = 0; i < actions->len; i++)
		g_hash_table_add(planner->present, actions->pdata[i]);
	g_ptr_array_free(actions, TRUE);
	return true;
}

/* Most plans stay as they are: reading is cheaper than writing. */
static bool put_changed(struct planner *planner, const struct action *action, struct error *error)
{
	struct store *store = planner->desk.ledger->store;
	const struct action *known = g_hash_table_lookup(planner->present, action);
	if (!known)
		return action_insert(store, action, error);
	bool done = is_same(known, action) || action_update(store, action, error);
	g_hash_table_remove(planner->present, action);
	return done;
}

static bool delete_rest(struct planner *planner, struct error *error)
{
	GHashTableIter iterator;
	gpointer key;
	bool done = true;
	g_hash_table_iter_init(&iterator, planner->present);
	while (done && g_hash_table_iter_next(&iterator, &key, NULL)) {
		const struct action *action = key;
		done = action_delete(planner->desk.ledger->store, action->receivable, action->line, error);
	}
	return done;
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
	    .line = chase->line,
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
		return true;
	struct chase chase;
	if (!chase_init(&chase, &planner->desk, receivable, error))
		return false;
	struct ladder_step next;
	bool done = true;
	do
		done = !chase_next_step(&chase, &next) || write_action(planner, &chase, &next, error);
	while (done && chase_next_line(&chase));
	chase_clear(&chase);
	return done;
}

/* The same where the receivable alone is planned. */
static bool plan_alone(struct planner *planner, const struct receivable *receivable, struct error *error)
{
	struct store *store = planner->desk.ledger->store;
	bool done = set_present(planner, action_list_of_receivable(store, receivable->id, error)) &&
		    plan_one(planner, receivable, error) && delete_rest(planner, error);
	g_clear_pointer(&planner->present, g_hash_table_unref);
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
		if (!(planner->present ? plan_one : plan_alone)(planner, receivable, error))
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
	bool done = is_planned || plan_alone(planner, &receivable, error);
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

/* The customers ROWS, which are taken over, with ids above AFTER. */
static bool plan_customers(
    struct planner *planner, GPtrArray *rows, int64_t after, int64_t *count, struct error *error)
{
	guint length = rows->len;
	int64_t *ids = g_new(int64_t, length);
	for (guint i = 0; i < length; i++)
		ids[i] = ((const struct customer *)rows->pdata[i])->id;
	struct store *store = planner->desk.ledger->store;
	bool done = desk_load(&planner->desk, rows, after, ids[length - 1], error) &&
		    set_present(planner, action_list_range(store, after, ids[length - 1], error));
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
	if (action)
		chase_select(&chase, action->line);
	GArray *verdicts = g_array_new(FALSE, FALSE, sizeof(struct guard_verdict));
	struct guard_question question = {&desk, &chase, step_of(&chase, action), ledger->today, 0};
	if (!guard_all(&question, GUARD_ANY, verdicts, error))
		g_clear_pointer(&verdicts, g_array_unref);
	chase_clear(&chase);
	desk_clear(&desk);
	return verdicts;
}
