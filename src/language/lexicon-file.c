/* Reads lexicon files (conf/lexicon/README). Every error is NAME:LINE: what. */
#include "base/base.h"

#include "language/lexicon.h"
#include "language/words.h"

/* Where the loader is. With LEXICON NULL it only checks. */
struct loader {
	struct lexicon *lexicon;
	struct language *language;
	bool given_language;
	bool common;
	const char *name;
	size_t line;
	struct error *error;
	bool has_language;
	char currency[CURRENCY_SIZE]; /* of the statement that is read */
};

static bool bad(struct loader *loader, const char *what, const char *detail)
{
	return error_set(loader->error, STATUS_CONFIG, "%s:%zu: %s%s%s", loader->name, loader->line, what,
	    detail ? ": " : "", detail ? detail : "");
}

static void set_class(struct language *language, struct node *node, int class)
{
	node_add_class(language, node, (class_id) class);
}

static void set_month(struct language *language, struct node *node, int month)
{
	(void)language;
	node->month = (uint8_t)month;
}

static void set_weekday(struct language *language, struct node *node, int weekday)
{
	(void)language;
	node->weekday = (uint8_t)weekday;
}

static void set_number(struct language *language, struct node *node, int number)
{
	(void)language;
	node->number = number;
}

static void set_plain(struct language *language, struct node *node, int unused)
{
	(void)language, (void)unused;
	node->plain = true;
}

static bool is_class_name(const char *text)
{
	if (!g_ascii_isupper(text[0]))
		return false;
	for (const char *at = text; *at; at++)
		if (!g_ascii_isupper(*at) && !g_ascii_isdigit(*at) && *at != '-')
			return false;
	return strlen(text) > 1;
}

static bool is_built_in(const char *text)
{
	return text[0] == '#' || text[0] == '@';
}

/* One word, phrase or class name becomes a member of CLASS. */
static bool add_member(struct loader *loader, class_id class, const char *text)
{
	if (text[0] == '\0')
		return true;
	if (is_class_name(text) || is_built_in(text)) {
		if (is_built_in(text) && !lexicon_is_built_in(text))
			return bad(loader, "no such built-in class", text);
		if (loader->lexicon) {
			class_id child = lexicon_class_make(loader->lexicon, text);
			if (child == CLASS_NONE)
				return bad(loader, "too many classes", NULL);
			lexicon_class_include(loader->lexicon, class, child);
		}
		return true;
	}
	if (loader->lexicon)
		language_phrase(loader->language, text, set_class, class);
	return true;
}

/* "A, b c, d*", which is cut to pieces. */
static bool for_members(
    struct loader *loader, char *list, bool (*add)(struct loader *, int, const char *), int value)
{
	for (char *end; (end = strchr(list, ',')); list = end + 1) {
		*end = '\0';
		if (!add(loader, value, g_strstrip(list)))
			return false;
	}
	return add(loader, value, g_strstrip(list));
}

static bool add_class_member(struct loader *loader, int class, const char *text)
{
	return add_member(loader, (class_id) class, text);
}

static bool add_value_member(struct loader *loader, node_setter *set, int value, const char *text)
{
	if (text[0] && loader->lexicon)
		language_phrase(loader->language, text, set, value);
	return true;
}

static bool add_month_member(struct loader *loader, int value, const char *text)
{
	GString *folded = g_string_new(NULL);
	size_t length = strlen(text);
	if (loader->lexicon && word_fold(text, length, folded) == length)
		number_words_add_month(&loader->lexicon->number_words, folded->str, value);
	g_string_free(folded, TRUE);
	return add_value_member(loader, set_month, value, text);
}

static bool add_weekday_member(struct loader *loader, int value, const char *text)
{
	return add_value_member(loader, set_weekday, value, text);
}

static bool add_number_member(struct loader *loader, int value, const char *text)
{
	return add_value_member(loader, set_number, value, text);
}

static bool add_plain_member(struct loader *loader, int value, const char *text)
{
	return add_value_member(loader, set_plain, value, text);
}

static bool add_ending(struct loader *loader, int unused, const char *text)
{
	(void)unused;
	if (strcmp(text, ".") == 0) {
		if (loader->language)
			loader->language->ordinal_points = true;
	} else if (text[0] && loader->lexicon)
		number_words_add_ending(&loader->lexicon->number_words, text);
	return true;
}

static bool add_scale(struct loader *loader, int factor, const char *text)
{
	if (text[0] && loader->lexicon)
		number_words_add_scale(&loader->lexicon->number_words, text, factor);
	return true;
}

static bool add_currency(struct loader *loader, int unused, const char *text)
{
	(void)unused;
	if (text[0] && loader->lexicon)
		number_words_add_currency(&loader->lexicon->number_words, text, loader->currency);
	return true;
}

static bool add_month_first(struct loader *loader, int unused, const char *text)
{
	(void)unused;
	char code[CURRENCY_SIZE];
	if (!currency_set(code, text))
		return bad(loader, "a currency has three capital letters", text);
	if (loader->lexicon)
		g_ptr_array_add(loader->language->month_first, g_strdup(code));
	return true;
}

static bool add_mail_member(struct loader *loader, int kind, const char *text)
{
	if (text[0] && loader->lexicon)
		mail_words_add(loader->lexicon->mail_words, (enum mail_word_kind)kind, text);
	return true;
}

static class_id make_class(struct loader *loader, const char *name, bool *done)
{
	if (!loader->lexicon)
		return 0;
	class_id class = lexicon_class_make(loader->lexicon, name);
	if (class == CLASS_NONE)
		*done = bad(loader, "too many classes", NULL);
	return class;
}

/* The parts of a word in a pattern are joined by _. */
static void part_words(char *text)
{
	while ((text = strchr(text, '_')))
		*text++ = ' ';
}

/* A step that is a word, possibly of several parts (l'avoir). */
static bool add_literal(struct loader *loader, GArray *steps, const char *text, struct step step)
{
	bool done = true;
	char *name = g_strconcat("=", text, NULL), *phrase = name + 1;
	part_words(phrase);
	step.class = make_class(loader, name, &done);
	if (done)
		done = add_member(loader, step.class, phrase);
	g_array_append_val(steps, step);
	g_free(name);
	return done;
}

/* (a|b_c|CLASS) */
static bool add_alternatives(struct loader *loader, GArray *steps, const char *text, struct step step)
{
	bool done = true, last = false;
	step.class = make_class(loader, text, &done);
	char *inner = g_strndup(text + 1, strlen(text) - 2), *member = inner;
	part_words(inner);
	for (size_t size; done && !last; member += size + 1) {
		size = strcspn(member, "|");
		last = member[size] == '\0';
		member[size] = '\0';
		done = size > 0 ? add_member(loader, step.class, member)
				: bad(loader, "empty alternative", text);
	}
	g_free(inner);
	g_array_append_val(steps, step);
	return done;
}

static bool add_gap(struct loader *loader, GArray *steps, const char *text)
{
	char *end;
	guint64 size = g_ascii_strtoull(text + 2, &end, 10);
	if (end == text + 2 || *end || size < 1 || size > 20)
		return bad(loader, "a gap is ..1 to ..20", text);
	struct step step = {.class = CLASS_NONE, .gap = (uint8_t)size};
	g_array_append_val(steps, step);
	return true;
}

static bool add_step(struct loader *loader, struct pattern *pattern, char *text)
{
	struct step step = {0};
	if (strcmp(text, "&") == 0) {
		pattern->bag = true;
		return true;
	}
	if (text[0] == '<' && text[1]) {
		if (pattern->steps->len > 0)
			return bad(loader, "what must stand before is the first step", text);
		if (!add_step(loader, pattern, text + 1) || pattern->steps->len != 1)
			return pattern->steps->len == 1
				   ? false
				   : bad(loader, "what must stand before is one step", text);
		pattern->context = g_array_index(pattern->steps, struct step, 0).class;
		g_array_set_size(pattern->steps, 0);
		return true;
	}
	if (g_str_has_prefix(text, ".."))
		return add_gap(loader, pattern->steps, text);
	if (text[0] == '-' && text[1]) {
		step.excluded = true;
		pattern->bag = true;
		text++;
	}
	size_t length = strlen(text);
	if (length > 1 && text[length - 1] == '?') {
		step.optional = true;
		text[--length] = '\0';
	}
	if (text[0] == '(') {
		if (length < 3 || text[length - 1] != ')')
			return bad(loader, "unfinished alternatives", text);
		return add_alternatives(loader, pattern->steps, text, step);
	}
	if (is_class_name(text) || is_built_in(text)) {
		if (is_built_in(text) && !lexicon_is_built_in(text))
			return bad(loader, "no such built-in class", text);
		bool done = true;
		step.class = make_class(loader, text, &done);
		g_array_append_val(pattern->steps, step);
		return done;
	}
	return add_literal(loader, pattern->steps, text, step);
}

static bool check_pattern(struct loader *loader, const struct pattern *pattern)
{
	if (pattern->steps->len == 0)
		return bad(loader, "empty pattern", NULL);
	if (pattern->steps->len > 24)
		return bad(loader, "a pattern has at most 24 steps", NULL);
	bool needed = false;
	for (guint i = 0; i < pattern->steps->len; i++) {
		const struct step *step = &g_array_index(pattern->steps, struct step, i);
		if (pattern->bag && (step->gap || step->optional))
			return bad(loader, "no gap and no ? in a pattern with &", NULL);
		needed |= !step->excluded;
		if (!pattern->bag && (i == 0 || i + 1 == pattern->steps->len) &&
		    (step->gap || (step->optional && i == 0)))
			return bad(loader, "a pattern begins and ends with a word that must be there", NULL);
	}
	return needed ? true : bad(loader, "a pattern needs a word that must be there", NULL);
}

/* Cuts TEXT to pieces. */
static bool parse_pattern(struct loader *loader, char *text, struct pattern *pattern)
{
	pattern->steps = g_array_new(FALSE, FALSE, sizeof(struct step));
	pattern->context = CLASS_NONE;
	pattern->bag = false;
	bool done = true, last = false;
	for (size_t size; done && !last; text += size + 1) {
		size = strcspn(text, " \t");
		last = text[size] == '\0';
		text[size] = '\0';
		done = size == 0 || add_step(loader, pattern, text);
	}
	if (done && check_pattern(loader, pattern))
		return true;
	g_array_free(pattern->steps, TRUE);
	return false;
}

/* The statements that reckon days. */
static const struct {
	const char *word;
	size_t list; /* where `struct language` has them */
} date_statements[] = {
    {"date ", offsetof(struct language, dates)},
    {"later ", offsetof(struct language, later_dates)},
    {"maybe ", offsetof(struct language, maybe_dates)},
};

/* date ACTION [N] = PATTERN, into that LIST of the language */
static bool parse_date(struct loader *loader, char *head, char *text, size_t list)
{
	char **words = g_strsplit_set(g_strstrip(head), " \t", 3);
	struct date_rule rule = {0};
	bool done = (words[0] && date_action_from_word(words[0], &rule.action)) ||
		    bad(loader, "unknown way to reckon a date", head);
	if (done && words[1]) {
		char *end;
		gint64 argument = g_ascii_strtoll(words[1], &end, 10);
		if (*end || end == words[1] || argument < -4000 || argument > 13000 ||
		    !date_action_takes(rule.action, (int)argument))
			done = bad(loader, "not a number for that way", words[1]);
		else if (words[2])
			done = bad(loader, "one number says how a date is reckoned", words[2]);
		rule.argument = (int)argument;
	}
	g_strfreev(words);
	if (!done || !parse_pattern(loader, text, &rule.pattern))
		return false;
	if (rule.pattern.bag || !loader->lexicon) {
		g_array_free(rule.pattern.steps, TRUE);
		return rule.pattern.bag ? bad(loader, "a date is a sequence, not a pattern with &", NULL)
					: true;
	}
	GArray **rules = (GArray **)(void *)((char *)loader->language + list);
	if ((*rules)->len >= UINT16_MAX) {
		g_array_free(rule.pattern.steps, TRUE);
		return bad(loader, "too many ways to say a day", NULL);
	}
	g_array_append_val(*rules, rule);
	return true;
}

static bool parse_rule_word(struct loader *loader, struct rule *rule, const char *word)
{
	static const char *const strengths[] = {"hint", "likely", "sure"};
	for (size_t i = 0; i < G_N_ELEMENTS(strengths); i++)
		if (strcmp(word, strengths[i]) == 0) {
			rule->strength = (enum rule_strength)i;
			return true;
		}
	static const struct {
		const char *word;
		size_t offset;
	} flags[] = {
	    {"never_received", offsetof(struct rule, never_received)},
	    {"negated", offsetof(struct rule, negated_too)},
	    {"asked", offsetof(struct rule, asked_too)},
	    {"conditional", offsetof(struct rule, conditional_too)},
	    {"reported", offsetof(struct rule, reported_too)},
	    {"question", offsetof(struct rule, question)},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strcmp(word, flags[i].word) == 0)
			return *(bool *)((char *)rule + flags[i].offset) = true;
	if (!(rule->kind == INTENT_DISPUTE && intent_is_reason(word)) &&
	    !(rule->kind == INTENT_REQUEST && intent_is_thing(word)))
		return bad(loader, "unknown word before =", word);
	g_free(rule->value);
	rule->value = g_strdup(word);
	return true;
}

/* A rule of the same name and pattern order is added; "NAME off =" takes all rules of that name away. */
static void remove_rules(struct language *language, const char *name)
{
	for (guint i = language->rules->len; i-- > 0;) {
		struct rule *rule = &g_array_index(language->rules, struct rule, i);
		if (strcmp(rule->short_name, name) == 0) {
			rule_clear(rule);
			g_array_remove_index(language->rules, i);
		}
	}
}

/* promise.pay-on-date sure = PATTERN */
static bool parse_rule(struct loader *loader, char *head, char *text)
{
	char **words = g_strsplit_set(g_strstrip(head), " \t", -1);
	struct rule rule = {.strength = STRENGTH_LIKELY};
	if (!words[0]) {
		g_strfreev(words);
		return bad(loader, "nothing before =", NULL);
	}
	char *kind = g_strdup(words[0]);
	char *point = strchr(kind, '.');
	bool done = point != NULL && point[1] != '\0';
	if (done) {
		*point = '\0';
		done = intent_kind_from_word(kind, &rule.kind);
	}
	g_free(kind);
	if (!done)
		bad(loader, "neither a statement nor INTENT.NAME", words[0]);
	bool off = done && words[1] && strcmp(words[1], "off") == 0;
	for (size_t i = 1; done && !off && words[i]; i++)
		if (words[i][0])
			done = parse_rule_word(loader, &rule, words[i]);
	if (done && off && loader->lexicon)
		remove_rules(loader->language, words[0]);
	if (done && !off)
		done = parse_pattern(loader, text, &rule.pattern);
	if (done && !off && loader->lexicon) {
		rule.name = g_strconcat(loader->language->code, ".", words[0], NULL);
		rule.short_name = rule.name + strlen(loader->language->code) + 1;
		g_array_append_val(loader->language->rules, rule);
		if (loader->language->rules->len >= UINT16_MAX)
			done = bad(loader, "too many rules", NULL);
	} else {
		g_free(rule.value);
		if (done && !off)
			g_array_free(rule.pattern.steps, TRUE);
	}
	g_strfreev(words);
	return done;
}

/* What may stand between `learnt INTENT` and =: whose words they are, and the words of a rule. */
static bool parse_learnt_words(struct loader *loader, struct rule *rule, char **words)
{
	bool done = true;
	for (size_t i = 0; done && words[i]; i++) {
		if (strcmp(words[i], "from") == 0 && words[i + 1]) {
			g_free(rule->from);
			rule->from = g_strdup(words[++i]);
		} else if (words[i][0]) {
			done = parse_rule_word(loader, rule, words[i]);
		}
	}
	return done;
}

/* learnt paid from habitat.example sure = PATTERN */
static bool parse_learnt(struct loader *loader, char *head, char *text)
{
	char **words = g_strsplit_set(g_strstrip(head), " \t", -1);
	struct rule rule = {.strength = STRENGTH_LIKELY};
	bool done = (words[0] && intent_kind_from_word(words[0], &rule.kind)) ||
		    bad(loader, "no such intent", words[0]);
	done = done && parse_learnt_words(loader, &rule, words + 1);
	bool has_pattern = done && parse_pattern(loader, text, &rule.pattern);
	done = has_pattern;
	if (done && rule.pattern.bag)
		done = bad(loader, "learnt words are a sequence, not a pattern with &", NULL);
	if (done && loader->lexicon) {
		rule.name =
		    g_strdup_printf("%s.learnt.%s:%zu", loader->language->code, loader->name, loader->line);
		rule.short_name = rule.name + strlen(loader->language->code) + 1;
		g_array_append_val(loader->language->learnt, rule);
		g_strfreev(words);
		return loader->language->learnt->len < UINT16_MAX ||
		       bad(loader, "too many learnt words", NULL);
	}
	if (has_pattern)
		g_array_free(rule.pattern.steps, TRUE);
	g_free(rule.value);
	g_free(rule.from);
	g_strfreev(words);
	return done;
}

static bool parse_language(struct loader *loader, const char *code)
{
	loader->has_language = true;
	if (strcmp(code, "*") == 0) {
		loader->common = true;
		if (!loader->given_language)
			loader->lexicon = NULL; /* only checked until the languages are known */
		return true;
	}
	if (strlen(code) != 2 || !g_ascii_islower(code[0]) || !g_ascii_islower(code[1]))
		return bad(loader, "a language is two small letters or *", code);
	if (loader->lexicon && !loader->given_language) {
		loader->language = lexicon_language_make(loader->lexicon, code);
		if (!loader->language)
			return bad(loader, "too many languages", NULL);
	}
	return true;
}

/* KEYWORD [N]: MEMBERS */
static bool parse_words(struct loader *loader, const char *keyword, const char *argument, char *members)
{
	static const struct {
		const char *keyword;
		int most;
		bool (*add)(struct loader *, int, const char *);
	} kinds[] = {
	    {"month", 12, add_month_member},
	    {"weekday", 7, add_weekday_member},
	    {"number", 1000, add_number_member},
	    {"plain", 0, add_plain_member},
	    {"ordinal", 0, add_ending},
	    {"scale", 1000000, add_scale},
	    {"month-first", 0, add_month_first},
	};
	if (strcmp(keyword, "class") == 0) {
		if (!argument || !is_class_name(argument))
			return bad(loader, "a class has a name in capitals", argument);
		bool done = true;
		class_id class = make_class(loader, argument, &done);
		return done && for_members(loader, members, add_class_member, class);
	}
	if (strcmp(keyword, "currency") == 0)
		return (argument && currency_set(loader->currency, argument))
			   ? for_members(loader, members, add_currency, 0)
			   : bad(loader, "a currency has three capital letters", argument);
	if (strcmp(keyword, "mail") == 0) {
		enum mail_word_kind kind;
		if (!argument || !mail_word_kind_from_word(argument, &kind))
			return bad(loader, "no such words of mails", argument);
		return for_members(loader, members, add_mail_member, (int)kind);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(keyword, kinds[i].keyword) != 0)
			continue;
		char *end = NULL;
		gint64 value = argument ? g_ascii_strtoll(argument, &end, 10) : 0;
		if ((argument && (*end || end == argument || kinds[i].most == 0)) || value < 0 ||
		    value > kinds[i].most ||
		    (value == 0 && kinds[i].most != 0 && strcmp(keyword, "number") != 0))
			return bad(loader, "a number is missing or wrong", keyword);
		return for_members(loader, members, kinds[i].add, (int)value);
	}
	return bad(loader, "unknown statement", keyword);
}

static bool parse_statement(struct loader *loader, char *text);

/* A pattern whose first step may be missing is two patterns. */
static bool parse_both(struct loader *loader, const char *head, const char *first, size_t size)
{
	char *with = g_strdup_printf("%s= %.*s%s", head, (int)size - 1, first, first + size);
	char *without = g_strdup_printf("%s= %s", head, first + size);
	bool done = parse_statement(loader, with) && parse_statement(loader, without);
	g_free(with);
	g_free(without);
	return done;
}

static bool parse_statement(struct loader *loader, char *text)
{
	g_strstrip(text);
	if (g_str_has_prefix(text, "language ")) {
		if (loader->has_language)
			return bad(loader, "one language a file", NULL);
		return parse_language(loader, g_strstrip(text + strlen("language ")));
	}
	if (!loader->has_language)
		return bad(loader, "the first statement is `language CODE`", NULL);
	char *equals = strchr(text, '=');
	char *colon = strchr(text, ':');
	if (equals && (!colon || equals < colon)) {
		*equals = '\0';
		const char *first = equals + 1 + strspn(equals + 1, " \t");
		size_t size = strcspn(first, " \t");
		if (size > 1 && first[size - 1] == '?')
			return first[size - 2] == '?' ? bad(loader, "a step has one ? at its end", NULL)
						      : parse_both(loader, text, first, size);
		if (g_str_has_prefix(text, "learnt "))
			return parse_learnt(loader, text + strlen("learnt "), equals + 1);
		for (size_t i = 0; i < ARRAY_LENGTH(date_statements); i++)
			if (g_str_has_prefix(text, date_statements[i].word))
				return parse_date(loader, text + strlen(date_statements[i].word), equals + 1,
				    date_statements[i].list);
		return parse_rule(loader, text, equals + 1);
	}
	if (!colon)
		return bad(loader, "neither : nor = in", text);
	*colon = '\0';
	char **head = g_strsplit_set(g_strstrip(text), " \t", 2);
	bool done = head[0] ? parse_words(loader, head[0], head[1], colon + 1)
			    : bad(loader, "nothing before :", NULL);
	g_strfreev(head);
	return done;
}

/* A statement goes on in the lines that begin with a blank; # makes a line a comment. */
static bool read_statements(struct loader *loader, const char *text, size_t length)
{
	GString *statement = g_string_new(NULL);
	size_t started = 0, line = 0;
	bool done = true;
	for (size_t at = 0; done && at <= length;) {
		const char *end = at < length ? memchr(text + at, '\n', length - at) : NULL;
		size_t size = end ? (size_t)(end - (text + at)) : length - at;
		const char *from = text + at;
		bool last = at + size >= length;
		at += size + 1;
		line++;
		bool comment = size > 0 && from[0] == '#';
		bool continued = size > 0 && (from[0] == ' ' || from[0] == '\t');
		if (!comment && !continued && statement->len > 0) {
			loader->line = started;
			done = parse_statement(loader, statement->str);
			g_string_truncate(statement, 0);
		}
		if (!comment && size > 0) {
			if (statement->len == 0)
				started = line;
			g_string_append_len(statement, from, (gssize)size);
			g_string_append_c(statement, ' ');
		}
		if (last)
			break;
	}
	if (done && statement->len > 0 && strspn(statement->str, " \t\r") < statement->len) {
		loader->line = started;
		done = parse_statement(loader, statement->str);
	}
	g_string_free(statement, TRUE);
	return done;
}

bool lexicon_file_apply(struct lexicon *lexicon, struct language *language, const char *name,
    const char *text, size_t length, bool *common, struct error *error)
{
	struct loader loader = {.lexicon = lexicon,
	    .language = language,
	    .given_language = language != NULL,
	    .name = name,
	    .error = error};
	bool done = read_statements(&loader, text, length);
	*common = loader.common;
	return done;
}
