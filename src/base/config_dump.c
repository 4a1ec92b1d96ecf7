/* Writes a configuration in the syntax that config_parse() reads: what it gives back is equal. */
#include "base/base.h"
#include "base/config_table.h"

#include <inttypes.h>

static void dump_text(struct buffer *text, const char *value)
{
	buffer_append_char(text, '\'');
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			buffer_append_char(text, '\\');
		buffer_append_char(text, *value);
	}
	buffer_append_char(text, '\'');
}

static void dump_list(struct buffer *text, const struct text_list *list)
{
	buffer_append_char(text, '{');
	for (size_t i = 0; i < list->count; i++) {
		buffer_append_text(text, i ? ", " : "");
		dump_text(text, list->items[i]);
	}
	buffer_append_char(text, '}');
}

static void dump_value(struct buffer *text, const struct config_key *key, const void *section)
{
	const void *field = (const char *)section + key->offset;
	int number = 0;
	switch (key->type) {
	case CONFIG_TEXT:
		dump_text(text, *(char *const *)field);
		return;
	case CONFIG_LIST:
		dump_list(text, field);
		return;
	case CONFIG_BYTES:
	case CONFIG_MINOR:
		buffer_printf(text, "%" PRId64, *(const int64_t *)field);
		return;
	case CONFIG_AMOUNT:
		buffer_printf(text, "%" PRId64 ".%03d", *(const int64_t *)field / 1000,
		    (int)(*(const int64_t *)field % 1000));
		return;
	case CONFIG_SWITCH:
		buffer_append_text(text, *(const bool *)field ? "yes" : "no");
		return;
	default:
		number = *(const int *)field;
	}
	switch (key->type) {
	case CONFIG_CHOICE:
		buffer_append_text(text, key->choices[number]);
		return;
	case CONFIG_TIME:
		buffer_printf(text, "%02d:%02d", number / 3600, number / 60 % 60);
		return;
	case CONFIG_MODE:
		buffer_printf(text, "%04o", (unsigned int)number);
		return;
	case CONFIG_THOUSANDTHS:
		buffer_printf(text, "%d.%03d", number / 1000, number % 1000);
		return;
	case CONFIG_SECONDS:
		buffer_printf(text, "%ds", number);
		return;
	case CONFIG_DAYS:
		buffer_printf(text, "%dd", number);
		return;
	case CONFIG_OFFSET:
		buffer_printf(
		    text, "%d%s", number, ((const struct step_config *)section)->business_days ? "bd" : "d");
		return;
	default:
		buffer_printf(text, "%d", number);
	}
}

static void dump_section(struct buffer *text, const char *section, const char *indent, const void *values)
{
	for (size_t i = 0; i < config_table_count; i++) {
		if (strcmp(config_table[i].info.section, section))
			continue;
		buffer_printf(text, "%s%s = ", indent, config_table[i].info.name);
		dump_value(text, &config_table[i], values);
		buffer_append_char(text, '\n');
	}
}

static void dump_title(struct buffer *text, const char *indent, const char *section, const char *title)
{
	buffer_printf(text, "%s%s ", indent, section);
	dump_text(text, title);
	buffer_append_text(text, " {\n");
}

static void dump_effect(struct buffer *text, const char *indent, const struct effect_config *effect)
{
	struct buffer deeper = BUFFER_EMPTY;
	buffer_printf(&deeper, "%s  ", indent);
	dump_title(text, indent, "effect", effect->name);
	dump_section(text, "effect", deeper.bytes, effect);
	buffer_printf(text, "%s}\n", indent);
	buffer_clear(&deeper);
}

static bool is_same_effect(const struct effect_config *a, const struct effect_config *b)
{
	return a->action == b->action && a->days == b->days && a->most == b->most &&
	       !strcmp(a->task, b->task) && a->task_days == b->task_days && a->contact == b->contact;
}

void config_dump(const struct config *config, struct buffer *text)
{
	dump_section(text, "", "", config);
	for (size_t i = 0; i < config->effect_count; i++)
		dump_effect(text, "", &config->effects[i]);
	for (size_t i = 0; i < config->ladder_count; i++) {
		const struct ladder_config *ladder = &config->ladders[i];
		dump_title(text, "", "ladder", ladder->name);
		for (size_t n = 0; n < ladder->step_count; n++) {
			dump_title(text, "  ", "step", ladder->steps[n].name);
			dump_section(text, "step", "    ", &ladder->steps[n]);
			buffer_append_text(text, "  }\n");
		}
		buffer_append_text(text, "}\n");
	}
	for (size_t i = 0; i < config->company_count; i++) {
		dump_title(text, "", "company", config->companies[i].name);
		dump_section(text, "company", "  ", &config->companies[i]);
		for (size_t n = 0; n < config->companies[i].effect_count; n++)
			if (!is_same_effect(&config->companies[i].effects[n], &config->effects[n]))
				dump_effect(text, "  ", &config->companies[i].effects[n]);
		buffer_append_text(text, "}\n");
	}
}
