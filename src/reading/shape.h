/*
 * A struct and its JSON object, described once by a table: shape_write() and shape_read() both follow it, so
 * that the two directions cannot drift apart. A table lists the keys in the order in which they are written.
 */
#ifndef RELANCE_READING_SHAPE_H
#define RELANCE_READING_SHAPE_H

#include "base/base.h"

#include <jansson.h>

/* Longest text taken; longer ones are cut when written and refused when read. */
#define SHAPE_MAX_TEXT (1024 * 1024)
/* Most elements of a list, likewise. */
#define SHAPE_MAX_LIST 10000

enum shape_kind {
	SHAPE_TEXT,	   /* char *, or null */
	SHAPE_TEXTS,	   /* GPtrArray * of char * */
	SHAPE_OPTION,	   /* char * out of a closed list, or null */
	SHAPE_WORD,	   /* an enum with a word for each value */
	SHAPE_LANGUAGE,	   /* char[3], null for "" */
	SHAPE_BOOL,	   /* bool */
	SHAPE_THOUSANDTHS, /* int 0..1000 as a number 0..1 */
	SHAPE_DATE,	   /* date_t, or null */
	SHAPE_INSTANT,	   /* instant_t with its zone at the second offset (int), or null */
	SHAPE_CURRENCY,	   /* char[CURRENCY_SIZE]: the currency of the amounts in this object; null for "" */
	SHAPE_CURRENCY_OF, /* the currency of the struct money at this offset, which has a field of its own */
	SHAPE_AMOUNT,  /* struct money in the currency of this object or else of the one around it; or null */
	SHAPE_INDEX,   /* int, null for -1 */
	SHAPE_OBJECT,  /* a struct inside the struct */
	SHAPE_POINTER, /* a struct on the heap, or null */
	SHAPE_POINTERS, /* GPtrArray * of structs on the heap */
	SHAPE_STRUCTS,	/* GArray * of structs; a new element is zeroed, then made empty by the shape */
};

struct shape_words {
	const char *(*word)(const void *value);
	bool (*from_word)(const char *word, void *value);
};

struct shape;

struct shape_field {
	const char *key;
	enum shape_kind kind;
	size_t offset;
	size_t zone_offset;		 /* SHAPE_INSTANT */
	const struct shape *shape;	 /* of the objects inside */
	const struct shape_words *words; /* SHAPE_WORD */
	const char *const *options;	 /* SHAPE_OPTION, NULL-terminated */
	bool optional; /* came later than the interface: may be absent, and leaves the struct's own default
			  then */
};

struct shape {
	const struct shape_field *fields;
	size_t count;
	void *(*make)(void); /* SHAPE_POINTER, SHAPE_POINTERS: a new empty struct */
	void (*discard)(void *object);
	void (*empty)(void *object); /* SHAPE_STRUCTS */
};

/* A new reference. */
json_t *shape_write(const struct shape *shape, const void *object);
/*
 * Fills OBJECT, which is empty, from JSON. PATH ("" or "message") stands in front of the keys in ERROR. False
 * leaves OBJECT partly filled, to be freed as usual. Unknown keys are passed over.
 */
bool shape_read(
    const struct shape *shape, const json_t *json, const char *path, void *object, struct error *error);

/* JSON of any text: invalid UTF-8 replaced, cut at SHAPE_MAX_TEXT; null for NULL. */
json_t *shape_text(const char *text);

#endif
