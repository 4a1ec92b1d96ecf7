/*
 * The lexicons as loaded: per language the words with the classes they belong to, the patterns for dates and
 * the rules for intents; and the statistical model. The form of the files is described in
 * conf/lexicon/README.
 */
#ifndef RELANCE_LANGUAGE_LEXICON_H
#define RELANCE_LANGUAGE_LEXICON_H

#include "base/base.h"
#include "language/intent.h"
#include "language/model.h"
#include "language/number_words.h"
#include "language/understand.h"
#include "language/word_index.h"
#include "language/words.h"
#include "mail/mail_words.h"

#define LANGUAGES_MAX 32
#define SPAN_MAX      60 /* tokens that a pattern may cover */

/* A class of words; the number is an index into `class_names` of the lexicon (shared by all languages). */
typedef uint16_t class_id;
#define CLASS_NONE UINT16_MAX

/* Classes that the program itself gives to tokens; their names are written #n, @date ... in the files. */
enum built_in_class {
	CLASS_NUMBER,	    /* #n: a number, in digits or words */
	CLASS_DAY,	    /* #day: 1..31 */
	CLASS_YEAR,	    /* #year: 1990..2099 */
	CLASS_MONTH,	    /* #month: its name */
	CLASS_WEEKDAY,	    /* #weekday: its name */
	CLASS_ORDINAL,	    /* #ordinal: 31st, 15. */
	CLASS_DIGITS,	    /* #digits: 1..31 in digits */
	CLASS_NUMERIC_DATE, /* #date: 31/03/2026 */
	CLASS_PACKED_DATE,  /* #packed: a code that may be a day, 20260331 */
	CLASS_HOUR,	    /* #hour: 11h42, 14u30, 9h */
	CLASS_DATE,	    /* @date: any expression of a day */
	CLASS_FUTURE,	    /* @future: a day after or of the message */
	CLASS_PAST,	    /* @past: a day before the message */
	CLASS_TODAY,	    /* @today */
	CLASS_UNTIL,	    /* @until: the end of a time that lasts */
	CLASS_PERIOD,	    /* @period: a length of time (never used as a day) */
	CLASS_AMOUNT,	    /* @amount */
	CLASS_PERCENT,	    /* @percent */
	CLASS_CODE,	    /* @code: looks like a document number */
	CLASS_OURS,	    /* @ours: one of our document numbers */
	CLASS_MAIL,	    /* @mail */
	CLASS_LINK,	    /* @link */
	CLASS_BUILT_IN_COUNT,
};

/* Classes of the files that the program knows by name; CLASS_NONE in `known` where no file has them. */
enum known_class {
	KNOWN_PAY,
	KNOWN_PAYMENT,
	KNOWN_TRANSFER,
	KNOWN_CHEQUE,
	KNOWN_PAYRUN,
	KNOWN_FUTURE,
	KNOWN_SENT,
	KNOWN_BALANCE,
	KNOWN_WE,
	KNOWN_PAID,
	KNOWN_APPROVAL,
	KNOWN_REPORT,
	KNOWN_WOULD_HAVE,    /* it did not happen: "we would have paid" */
	KNOWN_SOMEBODY_ELSE, /* than the writer: "our customer" */
	KNOWN_NOT_SO,	     /* denies what was said just before: "not at all" */
	KNOWN_CASHFLOW,
	KNOWN_REMINDER,
	KNOWN_TERMS,
	KNOWN_RECEIVED,
	KNOWN_DELIVERY,
	KNOWN_BOSS,
	KNOWN_NEGATION,
	KNOWN_NO_NEGATION, /* phrases whose negating word denies nothing: "without fail" */
	KNOWN_CONDITION,
	KNOWN_CONJUNCTION,
	KNOWN_BANK,
	KNOWN_DISPUTE,
	KNOWN_CREDIT_NOTE,
	KNOWN_CREDITED,
	KNOWN_AGREED,
	KNOWN_INVOICE,
	KNOWN_HALF,
	KNOWN_THIRD,
	KNOWN_VALUE_DATE,
	KNOWN_TOTAL,
	KNOWN_CONTACT,
	KNOWN_ACCOUNTING,
	KNOWN_WRONG_PERSON,
	KNOWN_URGENT,
	KNOWN_PLEASE,
	KNOWN_ABSENT,
	KNOWN_LEFT_COMPANY,
	KNOWN_BACK,
	KNOWN_PROPOSE,
	KNOWN_MORE_TIME,
	KNOWN_INSTALMENT,
	KNOWN_DEDUCT,
	KNOWN_REFUSE,
	KNOWN_PENALTY,
	KNOWN_QUOTE_DOC,
	KNOWN_ERROR_WORD,
	KNOWN_DEFECT,
	KNOWN_BANK_CHANGE, /* these three are no concepts of the model: only language/bank.c looks at them */
	KNOWN_BANK_CHANGE_WHAT,
	KNOWN_BANK_CHANGE_HOW,
	KNOWN_MONTHLY, /* nor these: X- in the files */
	KNOWN_OTHER_ONE,
	KNOWN_EXCESS,
	KNOWN_TIMES, /* "three times" */
	KNOWN_AS_SOON,
	KNOWN_BACK_AGAIN,     /* when somebody away answers again, beside KNOWN_BACK */
	KNOWN_AWAY,	      /* what people do who are away, beside KNOWN_ABSENT */
	KNOWN_FROM,	      /* before the day on which an absence begins */
	KNOWN_WORKS,	      /* before the days of the week on which somebody works */
	KNOWN_YOURS,	      /* what we get: "you'll have it" */
	KNOWN_INCOME,	      /* their own money comes in: "our client pays us" */
	KNOWN_EVENT,	      /* another thing happens on that day: a meeting, a signature, they open again */
	KNOWN_PAY_DAY,	      /* before a day of a remittance advice: it is the one of the payment */
	KNOWN_PRINT_DAY,      /* ... it is the one of the paper, of the invoice, of anything else */
	KNOWN_INVOICE_NUMBER, /* before a number: it is an invoice's */
	KNOWN_OTHER_NUMBER,   /* before a number: it is another paper's, an order's, a customer's */
	KNOWN_NUMBER_WORD,    /* between such a word and the number: "number", "no" */
	KNOWN_ABBREVIATION,   /* the point behind it ends no sentence */
	KNOWN_COUNT,
};

/* What asks for a class, so that those who walk through a text pass over all others. */
enum class_use {
	USE_DATE = 1,	  /* a date begins with it */
	USE_LATER = 2,	  /* an expression around a date */
	USE_RULE = 4,	  /* a sequence of a rule */
	USE_LEARNT = 8,	  /* learnt words */
	USE_LISTED = 16,  /* patterns with & are listed under it */
	USE_CONCEPT = 32, /* the model sees it */
	USE_MAYBE = 64,	  /* a day that is said too barely for a date begins with it */
	USE_STEP = 128	  /* any step of a pattern */
};

/* The built-in classes and those that the program knows by name: where they stand in a text is asked often.
 */
#define WATCHED_ROWS (1 + CLASS_BUILT_IN_COUNT + KNOWN_COUNT)

/* One step of a pattern. */
struct step {
	class_id class; /* CLASS_NONE: a gap of up to `gap` tokens */
	uint8_t gap;
	bool optional;
	bool excluded; /* bags only: must not be there */
};

struct pattern {
	GArray *steps;	  /* of struct step */
	class_id context; /* must end where the first step begins, and is no part of the match; CLASS_NONE for
			     any */
	bool bag;	  /* all steps in one clause, in any order */
};

enum date_action {
	DATE_DAY_MONTH,
	DATE_DAY,
	DATE_NUMERIC,
	DATE_WEEKDAY,
	DATE_WEEKDAY_DAY,
	DATE_OFFSET,
	DATE_AT_ONCE,
	DATE_DAYS,
	DATE_WORKDAYS,
	DATE_WEEKS,
	DATE_MONTHS,
	DATE_END_OF_MONTH,
	DATE_END_OF_NAMED_MONTH,
	DATE_MIDDLE_OF_MONTH,
	DATE_MIDDLE_OF_NAMED_MONTH,
	DATE_START_OF_MONTH,
	DATE_START_OF_NAMED_MONTH,
	DATE_DAY_OF_MONTH,
	DATE_NAMED_MONTH,
	DATE_WEEK,
	DATE_ISO_WEEK,
	DATE_WEEKDAY_OF_WEEK,
	DATE_MONTH,
	DATE_END_OF_WEEK,
	DATE_END_OF_YEAR,
	DATE_END_OF_QUARTER,
	DATE_HALF_MONTH,
	DATE_MONDAY_OF_WEEK,
	DATE_FIXED,
	DATE_EASTER,
	DATE_FIRST_FROM,
	DATE_DUE,
	DATE_NTH_WEEKDAY, /* from here to DATE_DECADE the argument may tell which one: 100, 200 ... */
	DATE_LAST_WORKDAY,
	DATE_NTH_WORKDAY,
	DATE_WEEK_OF_MONTH,
	DATE_DECADE,
	DATE_NEXT_OF_DAYS,
	DATE_RANGE_OF_DAYS,
	DATE_TERMS,
	DATE_FOLLOWING,
	DATE_FOLLOWING_WEEKDAY,
	DATE_FOLLOWING_MONTH,
	DATE_FOLLOWING_DAYS,
	DATE_FOLLOWING_SAME_DAY,
	DATE_DAY_OF_THAT_MONTH,
	/* of a date that is found already */
	DATE_BEFORE,
	DATE_AFTER,
	DATE_NEXT_DAY,
	DATE_DAYS_AFTER,
	DATE_WEEKDAY_AFTER,
	DATE_WEEKDAY_BEFORE,
	DATE_WEEK_OF,
	DATE_UNTIL,
	DATE_TILL,
	DATE_SAME,
	DATE_LAST,
	DATE_PERIOD,
	DATE_LASTING,
	DATE_IGNORE,
};

struct date_rule {
	struct pattern pattern;
	enum date_action action;
	int argument;
};

enum rule_strength { STRENGTH_HINT, STRENGTH_LIKELY, STRENGTH_SURE };

struct rule {
	char *name;			/* "fr.promise.pay-on-date", owned */
	char *short_name;		/* "promise.pay-on-date" */
	uint64_t name_hash, value_hash; /* of `short_name` and `value`, by lexicon_finish */
	enum intent_kind kind;
	enum rule_strength strength;
	struct pattern pattern;
	char *value; /* reason of a dispute, what of a request */
	bool never_received;
	bool negated_too, asked_too, conditional_too, reported_too; /* the scopes that do not weaken it */
	bool question;						    /* matches in questions only */
	char *from; /* learnt: whose words, a domain or an address; NULL: everybody's */
};

/* A pattern of a language, listed under the class of its first step or, if it is a bag, under the rarest
 * class that must be there. */
#define PATTERN_NEEDS 7
struct listed_pattern {
	uint16_t rule; /* index into `rules`, `dates`, `later_dates`, `maybe_dates` or `learnt` */
	/* the rarest of the other classes that must be there, the rarest first; the one it is listed under
	 * where there are fewer */
	class_id needed[PATTERN_NEEDS];
};

struct class_lists {
	uint32_t *starts; /* class -> its first one in `all`, and one more at the end */
	struct listed_pattern *all;
};

/* One of the classes that the files give to a node. */
struct own_class {
	class_id class;
	uint32_t next; /* index + 1 of the node's next one, 0: none */
};

/* A class that a node gives to its words. */
struct meant_class {
	class_id class;
	uint8_t uses; /* enum class_use together */
};

/* What a sequence of words means. */
struct node {
	uint32_t own_classes; /* as the files say: index + 1 in `own_classes` of the first; 0: none */
	uint32_t first_class; /* by lexicon_finish: own classes and all around them, in `meant` */
	uint32_t class_count;
	uint32_t prefix_lengths; /* bit n: a child that is the first n bytes of a word */
	uint32_t suffix_lengths;
	int32_t number;		/* value of a number word; -1 for none */
	uint8_t month, weekday; /* 0 for none */
	bool plain;		/* a word that tells the language */
	bool written;		/* has children whose accents count */
	bool leads_on;		/* has children of any kind */
};

struct language {
	char code[3];
	struct word_index index; /* word after a node -> node */
	GArray *words;	 /* of struct word_slot: whole words by themselves; NULL after lexicon_finish */
	guint own_words; /* so many of them are of its own files; the others are the same in every language */
	GArray *nodes;	 /* of struct node; the first is the root */
	guint node_room; /* nodes that the array can hold */
	GArray *own_classes; /* of struct own_class; NULL after lexicon_finish */
	guint own_room;	     /* of them that the array can hold */
	GString *folded;     /* the word that is being loaded */
	GArray
	    *node_classes; /* of class_id: the lists of all nodes in one piece; NULL after lexicon_finish */
	struct meant_class *meant; /* the same with their uses, none without; by lexicon_finish */
	GArray *dates;		   /* of struct date_rule, first pass */
	GArray *later_dates;	   /* of struct date_rule, second pass */
	GArray *maybe_dates;	   /* of struct date_rule: days where there is no other */
	GArray *rules;		   /* of struct rule */
	struct class_lists dates_by_class, later_by_class, maybe_by_class; /* by lexicon_finish, as these: */
	struct class_lists rules_by_class, bags_by_class, learnt_by_class;
	GPtrArray *month_first; /* of char *: codes of currencies whose countries write 3/2 for 2 March */
	GArray *learnt;		/* of struct rule: `learnt` statements; the rules do not see them */
	uint8_t *class_uses;	/* of each class: enum class_use together; by lexicon_finish */
	bool ordinal_points;	/* "15." is the 15th: such a point ends no sentence */
};

/* What a word tells of a language: that it has it, and that it is one of those that tell it best. */
#define WORD_TELLS 2
#define WORD_KNOWN 1
#define WORD_PLAIN 2
_Static_assert(WORD_TELLS *LANGUAGES_MAX <= 64, "what a word tells of all languages fits");

/* A file for all languages, kept until they are known. */
struct common_text {
	char *name;
	char *text;
};

struct lexicon {
	GPtrArray *class_names;	  /* of char * */
	GHashTable *class_ids;	  /* name -> id + 1 */
	GPtrArray *class_parents; /* class -> GArray of class_id: classes that contain it */
	GPtrArray
	    *common; /* texts of files for all languages, applied by lexicon_finish (struct common_text *) */
	struct language *languages[LANGUAGES_MAX];
	size_t language_count;
	struct word_index tells; /* whole word -> WORD_KNOWN and WORD_PLAIN of each language whose own files
				    have it, WORD_TELLS bits a language; by lexicon_finish */
	struct number_words number_words;
	struct mail_words *mail_words; /* with what the files add */
	struct model *model;	       /* NULL where no file has one */
	GArray *built_in_closure[CLASS_BUILT_IN_COUNT];
	uint32_t *concept_hashes; /* class -> hash of its name, 0 for words of patterns; by lexicon_finish */
	class_id known[KNOWN_COUNT]; /* by lexicon_finish */
	uint8_t
	    *watched; /* class -> its row of the positions that a stream keeps, 0: none; by lexicon_finish */
	bool broken;  /* a file was bad */
	bool finished;
};

/* NULL where the lexicon has no such language. */
const struct language *lexicon_language(const struct lexicon *lexicon, const char *code);
bool lexicon_is_built_in(const char *name);
class_id lexicon_class(const struct lexicon *lexicon, const char *name);
/* The classes that contain CLASS, itself included. */
const GArray *lexicon_class_closure(const struct lexicon *lexicon, class_id class);

/* As word_hash() of a word from its end to its beginning. */
static inline uint64_t word_hash_backwards(const char *word, size_t length)
{
	uint64_t hash = word_hash(word, 0);
	while (length-- > 0)
		hash = (hash ^ (unsigned char)word[length]) * 0x100000001b3u;
	return hash;
}

/* As word_hash() of a word just as it is written, accents and all, but for capitals. */
uint64_t word_hash_written(const char *word, size_t length);

static inline uint64_t word_key(uint32_t node, char kind, uint64_t hash)
{
	uint64_t key = hash ^ ((uint64_t)node * 0x9e3779b97f4a7c15u) ^ ((uint64_t)(unsigned char)kind << 56);
	key ^= key >> 29;
	key *= 0xbf58476d1ce4e5b9u;
	key ^= key >> 32;
	return key ? key : 1;
}

/* The child of NODE for the hash of a word; 0 for none. The kinds are 'w' a whole word, 'p' its beginning,
 * 's' its end backwards, 'e' the word as it is written. */
static inline uint32_t language_child(
    const struct language *language, uint32_t node, char kind, uint64_t hash)
{
	return (uint32_t)word_index_find(&language->index, word_key(node, kind, hash));
}

static inline struct node *language_node(const struct language *language, uint32_t node)
{
	return &g_array_index(language->nodes, struct node, node);
}

/* Whether a whole word of the files is of CLASS, by itself; after lexicon_finish. */
bool language_word_is(const struct language *language, uint32_t node, class_id class);

/* For the loader (lexicon-file.c). CLASS_NONE and NULL where the table is full. */
class_id lexicon_class_make(struct lexicon *lexicon, const char *name);
void lexicon_class_include(struct lexicon *lexicon, class_id parent, class_id child);
struct language *lexicon_language_make(struct lexicon *lexicon, const char *code);
/* NODE is one of LANGUAGE. */
void node_add_class(struct language *language, struct node *node, class_id class);
/* Calls SET with VALUE for the nodes of a word or phrase, with its umlauts as written and spelled out. */
typedef void node_setter(struct language *language, struct node *node, int value);
void language_phrase(struct language *language, const char *text, node_setter *set, int value);
void rule_clear(struct rule *rule);
bool date_action_from_word(const char *word, enum date_action *action);
/* ARGUMENT makes sense for that way to reckon a day. */
bool date_action_takes(enum date_action action, int argument);
/* Applies a file of UTF-8 text to LANGUAGE (or to the one that it names, where LANGUAGE is NULL). COMMON: it
 * is for all languages; without LANGUAGE it was only checked then. */
bool lexicon_file_apply(struct lexicon *lexicon, struct language *language, const char *name,
    const char *text, size_t length, bool *common, struct error *error);

#endif
