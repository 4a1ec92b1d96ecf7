/* The table of keys that config.c reads by and config_dump.c writes by. Nobody else needs it. */
#ifndef RELANCE_BASE_CONFIG_TABLE_H
#define RELANCE_BASE_CONFIG_TABLE_H

#include "base/config.h"

enum config_type {
	CONFIG_TEXT,	/* char * */
	CONFIG_LIST,	/* struct text_list */
	CONFIG_BYTES,	/* int64_t */
	CONFIG_MINOR,	/* int64_t */
	CONFIG_AMOUNT,	/* int64_t, thousandths */
	CONFIG_INTEGER, /* int, as all that follow */
	CONFIG_SECONDS,
	CONFIG_DAYS,
	CONFIG_TIME,
	CONFIG_MODE,
	CONFIG_THOUSANDTHS,
	CONFIG_CHOICE, /* an enum: the place of the word in `choices` */
	CONFIG_SWITCH, /* bool */
	CONFIG_OFFSET, /* int, and the bool step_config.business_days */
};

struct config_key {
	struct config_key_info info;
	enum config_type type;
	size_t offset; /* of the field in the struct of the section */
	int64_t least, most;
	const char *const *choices;
	bool (*check)(const char *text); /* texts, and each item of a list */
	bool required;
	bool lower_case;
};

/* All keys, sections one after the other. */
extern const struct config_key config_table[];
extern const size_t config_table_count;

#endif
