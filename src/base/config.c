/*
 * Reads the configuration with libConfuse, which knows quotes, lists, sections and comments. Every value is a
 * text to it; what the text may be is said by config_table.c and checked while libConfuse still knows the
 * line.
 */
#include "base/base.h"
#include "base/config_table.h"

#include "base/config_shipped.h"
#include "base/config_value.h"
#include "base/utf8.h"

#include <confuse.h>
#include <ctype.h>
#include <limits.h>
#include <strings.h>

#define EFFECT_NAMES                                                                                         \
	"insolvency, legal, dispute, delay, promise, paid, remittance, request, redirect, absence, ticket, " \
	"ack, none, doubtful, unverified or bounce"

/* The rows whose days a key of their own says, too. */
static const struct {
	const char *effect;
	size_t days; /* offset in the configuration */
} named_days[] = {
    {"ack", offsetof(struct config, hold_ack)},
    {"promise", offsetof(struct config, hold_ack)},
    {"paid", offsetof(struct config, hold_paid)},
    {"remittance", offsetof(struct config, hold_paid)},
    {"none", offsetof(struct config, hold_unknown)},
    {"doubtful", offsetof(struct config, hold_unknown)},
    {"unverified", offsetof(struct config, hold_unknown)},
};

/* What follows from a country where the file does not say it. */
static const struct country {
	const char *code, *language, *zone, *currency;
} countries[] = {
    {"FR", "fr", "Europe/Paris", "EUR"},
    {"GB", "en", "Europe/London", "GBP"},
    {"DE", "de", "Europe/Berlin", "EUR"},
    {"ES", "es", "Europe/Madrid", "EUR"},
    {"IT", "it", "Europe/Rome", "EUR"},
    {"NL", "nl", "Europe/Amsterdam", "EUR"},
    {"AT", "", "Europe/Vienna", "EUR"},
    {"BE", "", "Europe/Brussels", "EUR"},
    {"CH", "", "Europe/Zurich", "CHF"},
    {"IE", "", "Europe/Dublin", "EUR"},
    {"LU", "", "Europe/Luxembourg", "EUR"},
    {"PT", "", "Europe/Lisbon", "EUR"},
    {"US", "", "America/New_York", "USD"},
};

/* libConfuse's callbacks carry no pointer of ours: the error of the parse that runs on this thread. */
static _Thread_local struct error *parse_error;

static char *copy_text(const char *text)
{
	char *copy = strdup(text);
	if (!copy)
		abort();
	return copy;
}

static const struct country *country_find(const char *code)
{
	for (size_t i = 0; i < ARRAY_LENGTH(countries); i++)
		if (!strcmp(countries[i].code, code))
			return &countries[i];
	return NULL;
}

static void *field(void *section, const struct config_key *key)
{
	return (char *)section + key->offset;
}

/* ---- one value ---- */

static bool has_choice(const struct config_key *key, const char *text, int64_t *place)
{
	for (int64_t i = 0; key->choices[i]; i++)
		if (!strcmp(key->choices[i], text)) {
			*place = i;
			return true;
		}
	return false;
}

/* The number that TEXT means for KEY (0 for texts); false where it is not allowed. */
static bool value_read(const struct config_key *key, const char *text, int64_t *number, bool *business_days)
{
	bool read = false;
	*number = 0;
	switch (key->type) {
	case CONFIG_TEXT:
	case CONFIG_LIST:
		return key->choices ? has_choice(key, text, number) : key->check(text);
	case CONFIG_CHOICE:
		return has_choice(key, text, number);
	case CONFIG_SWITCH:
		return value_switch(text, number);
	case CONFIG_BYTES:
		read = value_bytes(text, number);
		break;
	case CONFIG_AMOUNT:
		read = value_amount(text, number);
		break;
	case CONFIG_MINOR:
	case CONFIG_INTEGER:
		read = value_integer(text, number);
		break;
	case CONFIG_SECONDS:
		read = value_seconds(text, number);
		break;
	case CONFIG_DAYS:
		read = value_days(text, number);
		break;
	case CONFIG_TIME:
		read = value_time_of_day(text, number);
		break;
	case CONFIG_MODE:
		read = value_mode(text, number);
		break;
	case CONFIG_THOUSANDTHS:
		read = value_thousandths(text, number);
		break;
	case CONFIG_OFFSET:
		read = value_offset(text, number, business_days);
		break;
	}
	return read && *number >= key->least && *number <= key->most;
}

static void lower_case(char *text)
{
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

static void list_add(struct text_list *list, const char *text, const struct config_key *key)
{
	char **items = realloc(list->items, (list->count + 1) * sizeof(*items));
	if (!items)
		abort();
	list->items = items;
	char *item = copy_text(text);
	if (key->lower_case)
		lower_case(item);
	if (key->check == value_is_iban) {
		size_t length = 0;
		for (const char *at = text; *at; at++)
			if (*at != ' ')
				item[length++] = (char)toupper((unsigned char)*at);
		item[length] = '\0';
	}
	list->items[list->count++] = item;
}

static void text_replace(char **text, const char *value)
{
	char *copy = copy_text(value);
	free(*text);
	*text = copy;
}

/* Puts an allowed TEXT where KEY belongs in the struct SECTION. */
static void value_store(const struct config_key *key, void *section, const char *text)
{
	int64_t number;
	bool business_days = false;
	if (!value_read(key, text, &number, &business_days))
		abort(); /* checked while parsing, or a default of our own that is wrong */
	switch (key->type) {
	case CONFIG_TEXT:
		text_replace(field(section, key), text);
		break;
	case CONFIG_LIST:
		list_add(field(section, key), text, key);
		break;
	case CONFIG_BYTES:
	case CONFIG_MINOR:
	case CONFIG_AMOUNT:
		*(int64_t *)field(section, key) = number;
		break;
	case CONFIG_SWITCH:
		*(bool *)field(section, key) = number;
		break;
	case CONFIG_OFFSET:
		((struct step_config *)section)->business_days = business_days;
		*(int *)field(section, key) = (int)number;
		break;
	default: /* int, and enums, which are as wide */
		*(int *)field(section, key) = (int)number;
	}
}

/* ---- what libConfuse calls ---- */

static const char *section_of(const cfg_t *cfg)
{
	return strcmp(cfg->name, "root") ? cfg->name : "";
}

static const struct config_key *key_find(const char *section, const char *name)
{
	for (size_t i = 0; i < config_table_count; i++)
		if (!strcmp(config_table[i].info.section, section) &&
		    !strcmp(config_table[i].info.name, name))
			return &config_table[i];
	return NULL;
}

/* libConfuse's own complaints: syntax and unknown keys. */
static PRINTF_LIKE(2, 0) void on_parse_error(cfg_t *cfg, const char *format, va_list arguments)
{
	char text[256];
	vsnprintf(text, sizeof(text), format, arguments);
	char name[64];
	if (parse_error->text[0]) /* the first one is the cause */
		return;
	if (sscanf(text, "no such option '%63[^']'", name) != 1) {
		error_set(parse_error, STATUS_CONFIG, "%s:%d: %s", cfg->filename, cfg->line, text);
		return;
	}
	struct buffer known = BUFFER_EMPTY;
	for (size_t i = 0; i < config_table_count; i++)
		if (!strcmp(config_table[i].info.section, section_of(cfg)))
			buffer_printf(&known, " %s", config_table[i].info.name);
	buffer_append_text(&known, *section_of(cfg) ? "" : " company ladder");
	buffer_append_text(&known, !*section_of(cfg) || !strcmp(section_of(cfg), "company") ? " effect" : "");
	buffer_append_text(&known, strcmp(section_of(cfg), "ladder") ? "" : " step");
	error_set(parse_error, STATUS_CONFIG, "%s:%d: %s: there is no such key; allowed:%s", cfg->filename,
	    cfg->line, name, known.bytes);
	buffer_clear(&known);
}

static int on_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct config_key *key = key_find(section_of(cfg), opt->name);
	unsigned int count = cfg_opt_size(opt);
	const char *text = count ? cfg_opt_getnstr(opt, count - 1) : NULL;
	int64_t number;
	bool business_days;
	if (!text || value_read(key, text, &number, &business_days))
		return 0;
	error_set(parse_error, STATUS_CONFIG, "%s:%d: %s: \"%s\" is not allowed; allowed: %s", cfg->filename,
	    cfg->line, opt->name, text, key->info.allowed);
	return -1;
}

#define SECTION_KEYS_MOST 64

/* The options of SECTION for libConfuse, with SUBSECTIONS behind them. */
static void options_make(const char *section, cfg_opt_t options[SECTION_KEYS_MOST],
    const cfg_opt_t *subsections, size_t subsection_count)
{
	size_t count = 0;
	for (size_t i = 0; i < config_table_count; i++) {
		const struct config_key *key = &config_table[i];
		if (strcmp(key->info.section, section))
			continue;
		if (count + subsection_count + 1 >= SECTION_KEYS_MOST)
			abort();
		const char *fallback =
		    key->type == CONFIG_LIST && key->info.fallback && *key->info.fallback == '{'
			? key->info.fallback
			: NULL;
		cfg_opt_t text = CFG_STR(NULL, NULL, CFGF_NONE);
		cfg_opt_t list = CFG_STR_LIST(NULL, NULL, CFGF_NONE);
		cfg_opt_t *option = &options[count++];
		*option = key->type == CONFIG_LIST ? list : text;
		option->name = key->info.name;
		option->def.parsed = (char *)fallback; /* libConfuse copies it */
		option->validcb = on_value;
	}
	for (size_t i = 0; i < subsection_count; i++)
		options[count++] = subsections[i];
	options[count] = (cfg_opt_t)CFG_END();
}

/* ---- from libConfuse's tree to the struct ---- */

static bool missing(
    const cfg_t *cfg, const char *what, const char *name, const char *allowed, struct error *error)
{
	return error_set(error, STATUS_CONFIG, "%s:%d: %s: is missing in %s \"%s\"; allowed: %s",
	    cfg->filename ? cfg->filename : "", cfg->line, name, what, cfg_title((cfg_t *)cfg), allowed);
}

/* Takes the keys of the section CFG, and defaults where they stand in the table as one would write them. */
static bool section_read(cfg_t *cfg, const char *section, void *target, struct error *error)
{
	for (size_t i = 0; i < config_table_count; i++) {
		const struct config_key *key = &config_table[i];
		if (strcmp(key->info.section, section))
			continue;
		unsigned int given = 0;
		for (unsigned int n = 0; n < cfg_size(cfg, key->info.name); n++) {
			const char *text = cfg_getnstr(cfg, key->info.name, n);
			if (!text)
				continue;
			value_store(key, target, text);
			given++;
		}
		if (!given && key->required)
			return missing(cfg, section, key->info.name, key->info.allowed, error);
		int64_t number;
		bool business_days;
		if (!given && key->type != CONFIG_LIST && key->info.fallback &&
		    value_read(key, key->info.fallback, &number, &business_days))
			value_store(key, target, key->info.fallback);
	}
	return true;
}

static void default_text(char **text, const char *value)
{
	if (!*text)
		*text = copy_text(value);
}

static bool is_given(cfg_t *cfg, const char *key)
{
	return cfg_size(cfg, key) && cfg_getstr(cfg, key);
}

static struct effect_config *effects_make(size_t count)
{
	struct effect_config *effects = calloc(count, sizeof(*effects));
	if (!effects)
		abort();
	return effects;
}

static bool bad_effect(const cfg_t *cfg, const char *key, const char *value, const char *allowed,
    const char *name, struct error *error)
{
	return error_set(error, STATUS_CONFIG, "%s:%d: %s: \"%s\" is not allowed%s%s%s; allowed: %s",
	    cfg->filename ? cfg->filename : "", cfg->line, key, value, name ? " in effect \"" : "",
	    name ? name : "", name ? "\"" : "", allowed);
}

/* An action where it makes no sense: a bad address needs a report, and who is not sure who writes ends
 * nothing. */
static bool effect_check(const cfg_t *cfg, const struct effect_config *effect, struct error *error)
{
	bool is_bounce = !strcmp(effect->name, "bounce");
	bool is_bounded = !strcmp(effect->name, "none") || !strcmp(effect->name, "doubtful") ||
			  !strcmp(effect->name, "unverified");
	bool plain = effect->action == ANSWER_NOTE || effect->action == ANSWER_HOLD;
	const char *word = key_find("effect", "action")->choices[effect->action];
	if (is_bounce && effect->action != ANSWER_NOTE && effect->action != ANSWER_ADDRESS)
		return bad_effect(cfg, "action", word, "note or address", effect->name, error);
	if (is_bounded && !plain)
		return bad_effect(cfg, "action", word, "note or hold", effect->name, error);
	if (!is_bounce && effect->action == ANSWER_ADDRESS)
		return bad_effect(
		    cfg, "action", word, "note, hold, promise, dispute or stop", effect->name, error);
	return true;
}

/* The blocks of CFG change the rows of EFFECTS that they name. */
static bool effects_change(
    cfg_t *cfg, struct effect_config *effects, size_t effect_count, struct error *error)
{
	for (unsigned int i = 0; i < cfg_size(cfg, "effect"); i++) {
		cfg_t *block = cfg_getnsec(cfg, "effect", i);
		size_t n = 0;
		while (n < effect_count && strcmp(effects[n].name, cfg_title(block)))
			n++;
		if (n == effect_count)
			return bad_effect(block, "effect", cfg_title(block), EFFECT_NAMES, NULL, error);
		if (!section_read(block, "effect", &effects[n], error) ||
		    !effect_check(block, &effects[n], error))
			return false;
	}
	return true;
}

/* The shipped table, with what the file changes of it. */
static bool effects_read(cfg_t *shipped, cfg_t *cfg, struct config *config, struct error *error)
{
	config->effect_count = cfg_size(shipped, "effect");
	config->effects = effects_make(config->effect_count);
	for (size_t i = 0; i < config->effect_count; i++)
		config->effects[i].name =
		    copy_text(cfg_title(cfg_getnsec(shipped, "effect", (unsigned int)i)));
	if (!effects_change(shipped, config->effects, config->effect_count, error))
		return false;
	for (size_t i = 0; i < config->effect_count; i++)
		for (size_t n = 0; n < ARRAY_LENGTH(named_days); n++)
			if (!strcmp(config->effects[i].name, named_days[n].effect))
				config->effects[i].days =
				    *(const int *)((const char *)config + named_days[n].days);
	return effects_change(cfg, config->effects, config->effect_count, error);
}

static bool company_effects_read(
    cfg_t *cfg, const struct config *config, struct company_config *company, struct error *error)
{
	company->effect_count = config->effect_count;
	company->effects = effects_make(config->effect_count);
	for (size_t i = 0; i < config->effect_count; i++) {
		company->effects[i] = config->effects[i];
		company->effects[i].name = copy_text(config->effects[i].name);
		company->effects[i].task = copy_text(config->effects[i].task);
	}
	return effects_change(cfg, company->effects, company->effect_count, error);
}

static bool company_read(
    cfg_t *cfg, const struct config *config, struct company_config *company, struct error *error)
{
	company->resend = config->resend;
	company->name = copy_text(cfg_title(cfg));
	if (!value_is_text(company->name))
		return error_set(error, STATUS_CONFIG,
		    "%s:%d: company: its name is missing; allowed: company \"NAME\" { ... }", cfg->filename,
		    cfg->line);
	if (!section_read(cfg, "company", company, error))
		return false;
	for (size_t i = 0; i < company->senders.count && !company->mailboxes.count; i++)
		for (size_t n = 0; n < company->senders.count; n++)
			list_add(
			    &company->mailboxes, company->senders.items[n], key_find("company", "mailboxes"));
	struct buffer from = BUFFER_EMPTY;
	buffer_printf(&from, "%s <%s>", company->name, company->senders.items[0]);
	default_text(&company->from, from.bytes);
	buffer_clear(&from);
	for (size_t i = 0; i < ARRAY_LENGTH(countries); i++)
		if (!strcmp(countries[i].language, company->language))
			default_text(&company->country, countries[i].code);
	const struct country *country = country_find(company->country);
	default_text(&company->currency, country ? country->currency : "EUR");
	if (*company->region && strncmp(company->region, company->country, 2))
		return error_set(error, STATUS_CONFIG,
		    "%s:%d: region: \"%s\" is not allowed; allowed: a subdivision of %s", cfg->filename,
		    cfg->line, company->region, company->country);
	return company_effects_read(cfg, config, company, error);
}

static bool step_read(cfg_t *cfg, bool first, struct step_config *step, struct error *error)
{
	step->name = copy_text(cfg_title(cfg));
	if (!value_is_name(step->name))
		return error_set(error, STATUS_CONFIG,
		    "%s:%d: step: \"%s\" is not allowed; allowed: small letters, digits and hyphens",
		    cfg->filename, cfg->line, step->name);
	if (!section_read(cfg, "step", step, error))
		return false;
	if (!is_given(cfg, "anchor"))
		step->anchor = first ? ANCHOR_DUE : ANCHOR_PREVIOUS;
	else if (first && step->anchor == ANCHOR_PREVIOUS)
		return error_set(error, STATUS_CONFIG,
		    "%s:%d: anchor: \"previous\" is not allowed, this is the first step; allowed: due, "
		    "end-of-month or "
		    "promise",
		    cfg->filename, cfg->line);
	default_text(&step->template, step->name);
	return true;
}

static bool ladder_read(cfg_t *cfg, struct ladder_config *ladder, struct error *error)
{
	ladder->name = copy_text(cfg_title(cfg));
	unsigned int count = cfg_size(cfg, "step");
	if (!value_is_text(ladder->name) || !count)
		return missing(cfg, "ladder", "step", "step \"NAME\" { ... }", error);
	ladder->steps = calloc(count, sizeof(*ladder->steps));
	if (!ladder->steps)
		abort();
	ladder->step_count = count;
	for (unsigned int i = 0; i < count; i++)
		if (!step_read(cfg_getnsec(cfg, "step", i), i == 0, &ladder->steps[i], error))
			return false;
	return true;
}

static bool ladders_read(cfg_t *cfg, struct config *config, struct error *error)
{
	config->ladder_count = cfg_size(cfg, "ladder");
	config->ladders = calloc(config->ladder_count, sizeof(*config->ladders));
	if (!config->ladders)
		abort();
	for (size_t i = 0; i < config->ladder_count; i++)
		if (!ladder_read(cfg_getnsec(cfg, "ladder", (unsigned int)i), &config->ladders[i], error))
			return false;
	return true;
}

static bool companies_read(cfg_t *cfg, const char *name, struct config *config, struct error *error)
{
	config->company_count = cfg_size(cfg, "company");
	if (!config->company_count)
		return error_set(
		    error, STATUS_CONFIG, "%s: company: is missing; allowed: company \"NAME\" { ... }", name);
	config->companies = calloc(config->company_count, sizeof(*config->companies));
	if (!config->companies)
		abort();
	for (size_t i = 0; i < config->company_count; i++)
		if (!company_read(
			cfg_getnsec(cfg, "company", (unsigned int)i), config, &config->companies[i], error))
			return false;
	return true;
}

/* ---- what only shows when everything is there ---- */

static bool company_check(const char *name, const struct config *config, size_t n, struct error *error)
{
	const struct company_config *company = &config->companies[n];
	if (!config_ladder(config, company->ladder))
		return error_set(error, STATUS_CONFIG,
		    "%s: ladder: company \"%s\" names \"%s\", which is not there; allowed: the name of a "
		    "ladder",
		    name, company->name, company->ladder);
	for (size_t i = 0; i < company->senders.count; i++) {
		const struct company_config *other =
		    config_company_of_sender(config, company->senders.items[i]);
		if (other != company)
			return error_set(error, STATUS_CONFIG,
			    "%s: senders: \"%s\" belongs to company \"%s\" and to \"%s\"; allowed: addresses "
			    "of one company",
			    name, company->senders.items[i], other->name, company->name);
	}
	return true;
}

static bool config_check(const char *name, struct config *config, struct error *error)
{
	if (config->business_start >= config->business_end)
		return error_set(error, STATUS_CONFIG,
		    "%s: business_end: is not after business_start; allowed: %s", name,
		    key_find("", "business_end")->info.allowed);
	for (size_t i = 0; i < config->company_count; i++)
		if (!company_check(name, config, i, error))
			return false;
	struct buffer spool = BUFFER_EMPTY;
	buffer_printf(&spool, "%s/spool", config->state_dir);
	default_text(&config->spool_dir, spool.bytes);
	buffer_clear(&spool);
	const struct country *country = country_find(config->companies[0].country);
	default_text(&config->time_zone, country ? country->zone : "UTC");
	return true;
}

/* libConfuse would put environment variables in place of ${NAME}; what a file means must not hang on who
 * starts us. */
static bool text_check(const char *name, const char *text, struct error *error)
{
	int line = 1;
	char quote = 0;
	for (const char *at = text; *at; at++) {
		line += *at == '\n';
		if (quote == '/' ? at[0] == '*' && at[1] == '/' : quote && *at == quote)
			quote = 0;
		else if (quote)
			at += *at == '\\' && quote != '\n' && at[1] && at[1] != '\n';
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (*at == '#' || (at[0] == '/' && at[1] == '/'))
			quote = '\n';
		else if (at[0] == '/' && at[1] == '*')
			quote = '/';
		if (at[0] == '$' && at[1] == '{' && (!quote || quote == '"'))
			return error_set(error, STATUS_CONFIG,
			    "%s:%d: ${: environment variables are not expanded; allowed: text in 'single "
			    "quotes'",
			    name, line);
	}
	if (!utf8_is_valid(text, strlen(text)))
		return error_set(error, STATUS_CONFIG, "%s: is not UTF-8", name);
	return true;
}

static bool parse_text(cfg_t *cfg, const char *name, const char *text, struct error *error)
{
	if (!*text) /* fmemopen() refuses an empty buffer */
		return true;
	FILE *file = fmemopen((char *)text, strlen(text), "r");
	if (!file)
		abort();
	free(cfg->filename);
	cfg->filename = copy_text(name);
	parse_error = error;
	int result = cfg_parse_fp(cfg, file);
	parse_error = NULL;
	fclose(file);
	if (result != CFG_SUCCESS && !error->text[0])
		return error_set(error, STATUS_CONFIG, "%s:%d: cannot be read", name, cfg->line);
	return result == CFG_SUCCESS;
}

bool config_parse(const char *name, const char *text, struct config *config, struct error *error)
{
	memset(config, 0, sizeof(*config));
	struct error unwanted = {0};
	if (!error)
		error = &unwanted;
	error->text[0] = '\0';
	if (!text_check(name, text, error))
		return false;
	cfg_opt_t step[SECTION_KEYS_MOST], ladder[SECTION_KEYS_MOST], effect[SECTION_KEYS_MOST],
	    company[SECTION_KEYS_MOST], root[SECTION_KEYS_MOST];
	options_make("effect", effect, NULL, 0);
	const cfg_opt_t effects = CFG_SEC("effect", effect, CFGF_MULTI | CFGF_TITLE);
	options_make("step", step, NULL, 0);
	options_make("ladder", ladder,
	    (cfg_opt_t[]){CFG_SEC("step", step, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES)}, 1);
	options_make("company", company, &effects, 1);
	options_make("", root,
	    (cfg_opt_t[]){CFG_SEC("ladder", ladder, CFGF_MULTI | CFGF_TITLE), effects,
		CFG_SEC("company", company, CFGF_MULTI | CFGF_TITLE)},
	    3);
	cfg_t *cfg = cfg_init(root, CFGF_NONE), *shipped = cfg_init(root, CFGF_NONE);
	if (!cfg || !shipped)
		abort();
	cfg_set_error_function(cfg, on_parse_error);
	bool read = parse_text(shipped, "shipped effects", config_shipped_effects, error) &&
		    parse_text(cfg, "shipped ladders", config_shipped_ladders, error) &&
		    parse_text(cfg, name, text, error) && section_read(cfg, "", config, error) &&
		    effects_read(shipped, cfg, config, error) && ladders_read(cfg, config, error) &&
		    companies_read(cfg, name, config, error) && config_check(name, config, error);
	cfg_free(shipped);
	cfg_free(cfg);
	if (!read)
		config_clear(config);
	return read;
}

static void section_clear(const char *section, void *target)
{
	for (size_t i = 0; i < config_table_count; i++) {
		const struct config_key *key = &config_table[i];
		if (strcmp(key->info.section, section))
			continue;
		if (key->type == CONFIG_TEXT)
			free(*(char **)field(target, key));
		if (key->type != CONFIG_LIST)
			continue;
		struct text_list *list = field(target, key);
		for (size_t n = 0; n < list->count; n++)
			free(list->items[n]);
		free(list->items);
	}
}

static void effects_clear(struct effect_config *effects, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(effects[i].name);
		section_clear("effect", &effects[i]);
	}
	free(effects);
}

void config_clear(struct config *config)
{
	effects_clear(config->effects, config->effect_count);
	for (size_t i = 0; i < config->company_count; i++) {
		free(config->companies[i].name);
		effects_clear(config->companies[i].effects, config->companies[i].effect_count);
		section_clear("company", &config->companies[i]);
	}
	for (size_t i = 0; i < config->ladder_count; i++) {
		struct ladder_config *ladder = &config->ladders[i];
		for (size_t n = 0; n < ladder->step_count; n++) {
			free(ladder->steps[n].name);
			section_clear("step", &ladder->steps[n]);
		}
		free(ladder->steps);
		free(ladder->name);
	}
	free(config->companies);
	free(config->ladders);
	section_clear("", config);
	memset(config, 0, sizeof(*config));
}
