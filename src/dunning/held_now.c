#include "base/base.h"
#include "dunning/held_now.h"

#include "base/closing_days.h"
#include "base/holidays.h"
#include "dunning/chase.h"
#include "dunning/guards.h"
#include "store/figures.h"

static void add(GArray *held, const char *guard, int64_t count)
{
	for (guint i = 0; i < held->len; i++) {
		struct held_now *known = &g_array_index(held, struct held_now, i);
		if (strcmp(known->guard, guard) != 0)
			continue;
		known->count += count;
		return;
	}
	struct held_now one = {guard, count};
	g_array_append_val(held, one);
}

/* The guard of the day, NULL: it is free. A customer without a country has the company's calendar. */
static const char *guard_of_day(const struct config *config, const struct due_group *group, date_t day)
{
	const struct company_config *company = config_company(config, group->company);
	bool own = group->country && *group->country;
	const char *country = own ? group->country : company ? company->country : "";
	const char *region = own ? group->region : company ? company->region : "";
	if (!business_day(country, region ? region : "", day))
		return "holiday";
	return company && closing_days_find(&company->closing_days, day) ? "closing-day" : NULL;
}

/* The guard that holds every mail now. */
static bool guard_of_site(
    struct ledger *ledger, const struct dunning_site *site, const char **guard, struct error *error)
{
	struct desk desk;
	struct guard_verdict verdict;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	struct guard_question question = {&desk, NULL, NULL, ledger->today, 0};
	bool done = guard_first(&question, GUARD_SITE, &verdict, error);
	*guard = done ? verdict.name : NULL;
	desk_clear(&desk);
	return done;
}

GArray *held_now(struct ledger *ledger, const struct dunning_site *site, struct error *error)
{
	const char *of_site;
	if (!guard_of_site(ledger, site, &of_site, error))
		return NULL;
	GPtrArray *groups = due_groups(ledger->store, ledger->today, error);
	if (!groups)
		return NULL;
	GArray *held = g_array_new(FALSE, FALSE, sizeof(struct held_now));
	for (guint i = 0; i < groups->len; i++) {
		const struct due_group *group = groups->pdata[i];
		const char *guard = guard_of_day(ledger->config, group, ledger->today);
		if (group->is_mail && of_site)
			guard = of_site;
		if (guard)
			add(held, guard, group->count);
	}
	g_ptr_array_unref(groups);
	return held;
}
