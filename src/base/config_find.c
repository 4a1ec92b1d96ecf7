/* Look-ups in a configuration. They are linear: an installation has a handful of companies. */
#include "base/base.h"
#include "base/config.h"

#include <strings.h>

bool text_list_has(const struct text_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcasecmp(list->items[i], text))
			return true;
	return false;
}

const struct company_config *config_company(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->company_count; i++)
		if (!strcmp(config->companies[i].name, name))
			return &config->companies[i];
	return NULL;
}

const struct company_config *config_company_of_sender(const struct config *config, const char *address)
{
	for (size_t i = 0; i < config->company_count; i++)
		if (text_list_has(&config->companies[i].senders, address))
			return &config->companies[i];
	return NULL;
}

const struct company_config *config_company_of_mailbox(const struct config *config, const char *address)
{
	for (size_t i = 0; i < config->company_count; i++)
		if (text_list_has(&config->companies[i].mailboxes, address))
			return &config->companies[i];
	return NULL;
}

const struct company_config *config_company_of_domain(const struct config *config, const char *address)
{
	const char *at = strrchr(address, '@');
	for (size_t i = 0; at && i < config->company_count; i++)
		if (text_list_has(&config->companies[i].domains, at + 1))
			return &config->companies[i];
	return NULL;
}

const struct ladder_config *config_ladder(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->ladder_count; i++)
		if (!strcmp(config->ladders[i].name, name))
			return &config->ladders[i];
	return NULL;
}

static const struct effect_config *find_effect(
    const struct effect_config *effects, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(effects[i].name, name))
			return &effects[i];
	return NULL;
}

const struct effect_config *config_effect(const struct config *config, const char *company, const char *name)
{
	const struct company_config *own = company ? config_company(config, company) : NULL;
	return own && own->effect_count ? find_effect(own->effects, own->effect_count, name)
					: find_effect(config->effects, config->effect_count, name);
}
