#include "base/base.h"

#include "language/lexicon.h"
#include "language/listing.h"
#include "language/push.h"
#include "language/words.h"

static const char *const built_in_names[] = {
    [CLASS_NUMBER] = "#n",
    [CLASS_DAY] = "#day",
    [CLASS_YEAR] = "#year",
    [CLASS_MONTH] = "#month",
    [CLASS_WEEKDAY] = "#weekday",
    [CLASS_ORDINAL] = "#ordinal",
    [CLASS_DIGITS] = "#digits",
    [CLASS_NUMERIC_DATE] = "#date",
    [CLASS_PACKED_DATE] = "#packed",
    [CLASS_HOUR] = "#hour",
    [CLASS_DATE] = "@date",
    [CLASS_FUTURE] = "@future",
    [CLASS_PAST] = "@past",
    [CLASS_TODAY] = "@today",
    [CLASS_UNTIL] = "@until",
    [CLASS_PERIOD] = "@period",
    [CLASS_AMOUNT] = "@amount",
    [CLASS_PERCENT] = "@percent",
    [CLASS_CODE] = "@code",
    [CLASS_OURS] = "@ours",
    [CLASS_MAIL] = "@mail",
    [CLASS_LINK] = "@link",
};

static const char *const known_names[] = {
    [KNOWN_PAY] = "PAY",
    [KNOWN_PAYMENT] = "PAYMENT",
    [KNOWN_TRANSFER] = "TRANSFER",
    [KNOWN_CHEQUE] = "CHEQUE",
    [KNOWN_PAYRUN] = "PAYRUN",
    [KNOWN_FUTURE] = "FUTURE",
    [KNOWN_SENT] = "SENT",
    [KNOWN_BALANCE] = "BALANCE",
    [KNOWN_WE] = "WE",
    [KNOWN_PAID] = "PAID",
    [KNOWN_APPROVAL] = "APPROVAL",
    [KNOWN_REPORT] = "REPORT",
    [KNOWN_WOULD_HAVE] = "WOULD-HAVE",
    [KNOWN_SOMEBODY_ELSE] = "SOMEBODY-ELSE",
    [KNOWN_NOT_SO] = "NOT-SO",
    [KNOWN_CASHFLOW] = "CASHFLOW",
    [KNOWN_REMINDER] = "REMINDER",
    [KNOWN_TERMS] = "TERMS",
    [KNOWN_RECEIVED] = "RECEIVED",
    [KNOWN_DELIVERY] = "DELIVERY",
    [KNOWN_BOSS] = "BOSS",
    [KNOWN_NEGATION] = "NEGATION",
    [KNOWN_NO_NEGATION] = "NO-NEGATION",
    [KNOWN_CONDITION] = "CONDITION",
    [KNOWN_CONJUNCTION] = "CONJUNCTION",
    [KNOWN_BANK] = "BANK",
    [KNOWN_DISPUTE] = "DISPUTE",
    [KNOWN_CREDIT_NOTE] = "CREDIT-NOTE",
    [KNOWN_CREDITED] = "CREDITED",
    [KNOWN_AGREED] = "AGREED",
    [KNOWN_INVOICE] = "INVOICE",
    [KNOWN_HALF] = "HALF",
    [KNOWN_THIRD] = "THIRD",
    [KNOWN_VALUE_DATE] = "VALUE-DATE",
    [KNOWN_TOTAL] = "TOTAL",
    [KNOWN_CONTACT] = "CONTACT",
    [KNOWN_ACCOUNTING] = "ACCOUNTING",
    [KNOWN_WRONG_PERSON] = "WRONG-PERSON",
    [KNOWN_URGENT] = "URGENT",
    [KNOWN_PLEASE] = "PLEASE",
    [KNOWN_ABSENT] = "ABSENT",
    [KNOWN_LEFT_COMPANY] = "LEFT-COMPANY",
    [KNOWN_BACK] = "BACK",
    [KNOWN_PROPOSE] = "PROPOSE",
    [KNOWN_MORE_TIME] = "MORE-TIME",
    [KNOWN_INSTALMENT] = "INSTALMENT",
    [KNOWN_DEDUCT] = "DEDUCT",
    [KNOWN_REFUSE] = "REFUSE",
    [KNOWN_PENALTY] = "PENALTY",
    [KNOWN_QUOTE_DOC] = "QUOTE-DOC",
    [KNOWN_ERROR_WORD] = "ERROR-WORD",
    [KNOWN_DEFECT] = "DEFECT",
    [KNOWN_MONTHLY] = "X-MONTHLY",
    [KNOWN_OTHER_ONE] = "X-OTHER-ONE",
    [KNOWN_EXCESS] = "X-EXCESS",
    [KNOWN_BACK_AGAIN] = "X-BACK",
    [KNOWN_AWAY] = "X-AWAY",
    [KNOWN_FROM] = "X-FROM",
    [KNOWN_WORKS] = "X-WORKS",
    [KNOWN_TIMES] = "X-TIMES",
    [KNOWN_AS_SOON] = "AS-SOON",
    [KNOWN_YOURS] = "X-YOURS",
    [KNOWN_INCOME] = "X-INCOME",
    [KNOWN_EVENT] = "X-EVENT",
    [KNOWN_PAY_DAY] = "X-PAY-DAY",
    [KNOWN_PRINT_DAY] = "X-PRINT-DAY",
    [KNOWN_INVOICE_NUMBER] = "X-INVOICE-NUMBER",
    [KNOWN_OTHER_NUMBER] = "X-OTHER-NUMBER",
    [KNOWN_NUMBER_WORD] = "X-NUMBER-WORD",
    [KNOWN_ABBREVIATION] = "X-ABBREVIATION",
    [KNOWN_BANK_CHANGE] = "BANK-CHANGE",
    [KNOWN_BANK_CHANGE_WHAT] = "BANK-CHANGE-WHAT",
    [KNOWN_BANK_CHANGE_HOW] = "BANK-CHANGE-HOW",
};

bool lexicon_is_built_in(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(built_in_names); i++)
		if (strcmp(name, built_in_names[i]) == 0)
			return true;
	return false;
}

uint64_t word_hash_written(const char *word, size_t length)
{
	uint64_t hash = word_hash(word, 0);
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)word[i];
		if (g_ascii_isupper((gchar)byte) || (i > 0 && (unsigned char)word[i - 1] == 0xC3 &&
							byte >= 0x80 && byte <= 0x9E && byte != 0x97))
			byte = (unsigned char)(byte + 0x20); /* A to Z, and U+00C0 to U+00DE in UTF-8 */
		hash = (hash ^ byte) * 0x100000001b3u;
	}
	return hash;
}

bool language_word_is(const struct language *language, uint32_t node, class_id class)
{
	const struct node *word = language_node(language, node);
	for (guint i = 0; i < word->class_count; i++)
		if (language->meant[word->first_class + i].class == class)
			return true;
	return false;
}

static uint32_t node_new(struct language *language)
{
	*ARRAY_PUSH(language->nodes, &language->node_room, struct node) = (struct node){.number = -1};
	return language->nodes->len - 1;
}

class_id lexicon_class(const struct lexicon *lexicon, const char *name)
{
	gpointer id = g_hash_table_lookup(lexicon->class_ids, name);
	return id ? (class_id)(GPOINTER_TO_UINT(id) - 1) : CLASS_NONE;
}

class_id lexicon_class_make(struct lexicon *lexicon, const char *name)
{
	class_id id = lexicon_class(lexicon, name);
	if (id != CLASS_NONE)
		return id;
	if (lexicon->class_names->len >= CLASS_NONE - 1)
		return CLASS_NONE;
	char *copy = g_strdup(name);
	g_ptr_array_add(lexicon->class_names, copy);
	g_ptr_array_add(lexicon->class_parents, NULL);
	g_hash_table_insert(lexicon->class_ids, copy, GUINT_TO_POINTER(lexicon->class_names->len));
	return (class_id)(lexicon->class_names->len - 1);
}

/* Adds ID to the set LIST points to. */
static void class_list_add(GArray **list, class_id id)
{
	if (!*list)
		*list = g_array_new(FALSE, FALSE, sizeof(class_id));
	for (guint i = 0; i < (*list)->len; i++)
		if (g_array_index(*list, class_id, i) == id)
			return;
	g_array_append_val(*list, id);
}

void node_add_class(struct language *language, struct node *node, class_id class)
{
	struct own_class added = {.class = class};
	uint32_t *link = &node->own_classes;
	while (*link) {
		struct own_class *own = &g_array_index(language->own_classes, struct own_class, *link - 1);
		if (own->class == class)
			return;
		link = &own->next;
	}
	*link = language->own_classes->len + 1; /* before the array may move */
	*ARRAY_PUSH(language->own_classes, &language->own_room, struct own_class) = added;
}

void lexicon_class_include(struct lexicon *lexicon, class_id parent, class_id child)
{
	if (parent != child)
		class_list_add((GArray **)&lexicon->class_parents->pdata[child], parent);
}

static uint32_t child_make(
    struct language *language, uint32_t node, char kind, const char *word, size_t length)
{
	uint64_t hash = kind == 's' ? word_hash_backwards(word, length) : word_hash(word, length);
	uint32_t child = language_child(language, node, kind, hash);
	if (child)
		return child;
	child = node_new(language);
	struct word_slot added = {word_key(node, kind, hash), child};
	word_index_put(&language->index, added.key, child);
	language_node(language, node)->leads_on = true;
	if (node == 0 && kind == 'w')
		g_array_append_val(language->words, added);
	if (kind == 'p')
		language_node(language, node)->prefix_lengths |= 1u << MIN(length, 31);
	if (kind == 's')
		language_node(language, node)->suffix_lengths |= 1u << MIN(length, 31);
	return child;
}

static bool has_umlaut(const char *text)
{
	for (const char *at = text; (at = strchr(at, '\xc3'));
	     at++) /* the first byte of all of them in UTF-8 */
		if (at[1] && strchr("\xa4\xb6\xbc\x84\x96\x9c", at[1]))
			return true;
	return false;
}

/* German and others write ä as ae where the keyboard has no ä. */
static char *spell_umlauts(const char *text)
{
	if (!has_umlaut(text))
		return NULL;
	static const char *const pairs[][2] = {
	    {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}};
	GString *spelled = g_string_new(NULL);
	for (const char *at = text; *at;) {
		size_t i = *at == '\xc3' ? 0 : G_N_ELEMENTS(pairs); /* the first byte of all */
		while (i < G_N_ELEMENTS(pairs) && strncmp(at, pairs[i][0], strlen(pairs[i][0])) != 0)
			i++;
		if (i == G_N_ELEMENTS(pairs)) {
			if (*at != '=')
				g_string_append_c(spelled, *at);
			at++;
			continue;
		}
		g_string_append(spelled, pairs[i][1]);
		at += strlen(pairs[i][0]);
	}
	return g_string_free(spelled, FALSE);
}

/* "=würde": not "wurde". */
static uint32_t written_child(struct language *language, uint32_t node, const char *text, size_t length)
{
	uint64_t hash = word_hash_written(text, length);
	uint32_t child = language_child(language, node, 'e', hash);
	if (child)
		return child;
	child = node_new(language);
	word_index_put(&language->index, word_key(node, 'e', hash), child);
	language_node(language, node)->written = true;
	language_node(language, node)->leads_on = true;
	return child;
}

static uint32_t phrase_node(struct language *language, const char *text)
{
	uint32_t node = 0;
	size_t length = strlen(text);
	g_string_set_size(language->folded, length);
	char *folded = language->folded->str;
	for (size_t at = 0; at < length;) {
		if (text[at] == ' ') {
			at++;
			continue;
		}
		bool open_start = text[at] == '*', written = text[at] == '=';
		if (open_start || written)
			at++;
		size_t count, bytes = word_fold_into(text + at, length - at, folded, &count);
		if (bytes == 0) {
			at++;
			continue;
		}
		if (written) {
			node = written_child(language, node, text + at, bytes);
			at += bytes;
			continue;
		}
		at += bytes;
		bool open_end = at < length && text[at] == '*';
		if (open_end)
			at++;
		if (count > 0)
			node = child_make(language, node,
			    open_start ? 's'
			    : open_end ? 'p'
				       : 'w',
			    folded, count);
	}
	return node;
}

void language_phrase(struct language *language, const char *text, node_setter *set, int value)
{
	uint32_t node = phrase_node(language, text);
	if (node)
		set(language, language_node(language, node), value);
	char *spelled = spell_umlauts(text);
	if (spelled) {
		node = phrase_node(language, spelled);
		if (node)
			set(language, language_node(language, node), value);
		g_free(spelled);
	}
}

/* Slots for the words and phrases of a lexicon of the usual size. */
#define WORDS_USUAL 16384

static struct language *language_new(const char *code)
{
	struct language *language = g_new0(struct language, 1);
	memcpy(language->code, code, 2);
	language->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
	language->node_classes = g_array_new(FALSE, FALSE, sizeof(class_id));
	language->own_classes = g_array_new(FALSE, FALSE, sizeof(struct own_class));
	language->folded = g_string_new(NULL);
	language->words = g_array_new(FALSE, FALSE, sizeof(struct word_slot));
	word_index_init(&language->index, WORDS_USUAL);
	node_new(language);
	language->dates = g_array_new(FALSE, FALSE, sizeof(struct date_rule));
	language->later_dates = g_array_new(FALSE, FALSE, sizeof(struct date_rule));
	language->maybe_dates = g_array_new(FALSE, FALSE, sizeof(struct date_rule));
	language->rules = g_array_new(FALSE, FALSE, sizeof(struct rule));
	language->month_first = g_ptr_array_new_with_free_func(g_free);
	language->learnt = g_array_new(FALSE, FALSE, sizeof(struct rule));
	return language;
}

struct language *lexicon_language_make(struct lexicon *lexicon, const char *code)
{
	for (size_t i = 0; i < lexicon->language_count; i++)
		if (strcmp(lexicon->languages[i]->code, code) == 0)
			return lexicon->languages[i];
	if (lexicon->language_count == LANGUAGES_MAX)
		return NULL;
	struct language *language = language_new(code);
	lexicon->languages[lexicon->language_count++] = language;
	return language;
}

const struct language *lexicon_language(const struct lexicon *lexicon, const char *code)
{
	for (size_t i = 0; i < lexicon->language_count; i++)
		if (strcmp(lexicon->languages[i]->code, code) == 0)
			return lexicon->languages[i];
	return NULL;
}

static void class_array_free(gpointer pointer)
{
	if (pointer)
		g_array_free(pointer, TRUE);
}

void rule_clear(struct rule *rule)
{
	g_free(rule->name);
	g_free(rule->value);
	g_free(rule->from);
	g_array_free(rule->pattern.steps, TRUE);
}

static void date_rules_free(GArray *rules)
{
	for (guint i = 0; i < rules->len; i++)
		g_array_free(g_array_index(rules, struct date_rule, i).pattern.steps, TRUE);
	g_array_free(rules, TRUE);
}

static void language_free(struct language *language)
{
	for (guint i = 0; i < language->rules->len; i++)
		rule_clear(&g_array_index(language->rules, struct rule, i));
	for (guint i = 0; i < language->learnt->len; i++)
		rule_clear(&g_array_index(language->learnt, struct rule, i));
	class_array_free(language->own_classes);
	class_array_free(language->words);
	g_string_free(language->folded, TRUE);
	g_array_free(language->nodes, TRUE);
	class_array_free(language->node_classes);
	g_free(language->meant);
	date_rules_free(language->dates);
	date_rules_free(language->later_dates);
	date_rules_free(language->maybe_dates);
	g_array_free(language->rules, TRUE);
	g_ptr_array_free(language->month_first, TRUE);
	g_array_free(language->learnt, TRUE);
	listing_clear(language);
	word_index_clear(&language->index);
	g_free(language->class_uses);
	g_free(language);
}

static void common_text_free(gpointer pointer)
{
	struct common_text *common = pointer;
	g_free(common->name);
	g_free(common->text);
	g_free(common);
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = g_new0(struct lexicon, 1);
	number_words_init(&lexicon->number_words);
	lexicon->mail_words = mail_words_new();
	lexicon->class_names = g_ptr_array_new_with_free_func(g_free);
	lexicon->class_parents = g_ptr_array_new_with_free_func(class_array_free);
	lexicon->class_ids = g_hash_table_new(g_str_hash, g_str_equal);
	lexicon->common = g_ptr_array_new_with_free_func(common_text_free);
	for (size_t i = 0; i < G_N_ELEMENTS(built_in_names); i++)
		lexicon_class_make(lexicon, built_in_names[i]);
	return lexicon;
}

void lexicon_take_model(struct lexicon *lexicon, struct lexicon *other)
{
	if (!other->model)
		return;
	model_free(lexicon->model);
	lexicon->model = g_steal_pointer(&other->model);
}

const struct mail_words *lexicon_mail_words(const struct lexicon *lexicon)
{
	return lexicon->mail_words;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	for (size_t i = 0; i < lexicon->language_count; i++)
		language_free(lexicon->languages[i]);
	g_hash_table_destroy(lexicon->class_ids);
	g_ptr_array_free(lexicon->class_names, TRUE);
	g_ptr_array_free(lexicon->class_parents, TRUE);
	g_ptr_array_free(lexicon->common, TRUE);
	for (size_t i = 0; i < CLASS_BUILT_IN_COUNT; i++)
		class_array_free(lexicon->built_in_closure[i]);
	number_words_clear(&lexicon->number_words);
	mail_words_free(lexicon->mail_words);
	model_free(lexicon->model);
	word_index_clear(&lexicon->tells);
	g_free(lexicon->concept_hashes);
	g_free(lexicon->watched);
	g_free(lexicon);
}

/* A list that grows, of which the classes from FROM on are one closure. */
struct closure {
	GArray *list;
	guint room, from;
};

/* CLASS and all classes around it, depth first. */
static void add_closure(const struct lexicon *lexicon, class_id class, struct closure *closure)
{
	const class_id *all = (const class_id *)(const void *)closure->list->data;
	for (guint i = closure->from; i < closure->list->len; i++)
		if (all[i] == class)
			return;
	*ARRAY_PUSH(closure->list, &closure->room, class_id) = class;
	const GArray *parents = lexicon->class_parents->pdata[class];
	for (guint i = 0; parents && i < parents->len; i++)
		add_closure(lexicon, g_array_index(parents, class_id, i), closure);
}

static void close_built_ins(struct lexicon *lexicon)
{
	for (size_t i = 0; i < CLASS_BUILT_IN_COUNT; i++) {
		struct closure closure = {.list = g_array_new(FALSE, FALSE, sizeof(class_id))};
		add_closure(lexicon, (class_id)i, &closure);
		lexicon->built_in_closure[i] = closure.list;
	}
}

const GArray *lexicon_class_closure(const struct lexicon *lexicon, class_id class)
{
	return class < CLASS_BUILT_IN_COUNT ? lexicon->built_in_closure[class] : NULL;
}

/* Gives each node the classes around its own. */
static void expand_nodes(struct lexicon *lexicon, struct language *language)
{
	struct closure closure = {.list = language->node_classes};
	for (guint i = 0; i < language->nodes->len; i++) {
		struct node *node = language_node(language, i);
		node->first_class = closure.from = closure.list->len;
		for (uint32_t own = node->own_classes; own;) {
			const struct own_class *one =
			    &g_array_index(language->own_classes, struct own_class, own - 1);
			add_closure(lexicon, one->class, &closure);
			own = one->next;
		}
		node->class_count = closure.list->len - closure.from;
	}
	g_clear_pointer(&language->own_classes, class_array_free);
}

static void number_watched(struct lexicon *lexicon)
{
	lexicon->watched = g_new0(uint8_t, lexicon->class_names->len);
	for (uint8_t i = 0; i < CLASS_BUILT_IN_COUNT; i++)
		lexicon->watched[i] = (uint8_t)(1 + i);
	for (uint8_t i = 0; i < KNOWN_COUNT; i++)
		if (lexicon->known[i] != CLASS_NONE)
			lexicon->watched[lexicon->known[i]] = (uint8_t)(1 + CLASS_BUILT_IN_COUNT + i);
}

/* Words of patterns are no concepts, nor are classes X-...: those serve patterns alone; other classes that
 * people named and days, amounts ... are. */
static void hash_concepts(struct lexicon *lexicon)
{
	lexicon->concept_hashes = g_new0(uint32_t, lexicon->class_names->len);
	for (guint i = 0; i < lexicon->class_names->len; i++) {
		const char *name = lexicon->class_names->pdata[i];
		if (name[0] == '=' || name[0] == '(' || name[0] == '#' ||
		    g_str_has_prefix(name, "BANK-CHANGE") || g_str_has_prefix(name, "X-"))
			continue;
		uint64_t hash = word_hash(name, strlen(name));
		lexicon->concept_hashes[i] = (uint32_t)(hash ^ hash >> 32);
	}
}

static void note_uses(
    const struct lexicon *lexicon, uint8_t *uses, const struct class_lists *lists, enum class_use use)
{
	for (guint i = 0; i < lexicon->class_names->len; i++)
		if (lists->starts[i] < lists->starts[i + 1])
			uses[i] |= (uint8_t)use;
}

static void note_steps(uint8_t *uses, const struct pattern *pattern)
{
	for (guint i = 0; i < pattern->steps->len; i++) {
		class_id class = g_array_index(pattern->steps, struct step, i).class;
		if (class != CLASS_NONE)
			uses[class] |= USE_STEP;
	}
	if (pattern->context != CLASS_NONE)
		uses[pattern->context] |= USE_STEP;
}

/* What any pattern of LANGUAGE has. */
static void note_all_steps(struct language *language)
{
	const GArray *const dates[] = {language->dates, language->later_dates, language->maybe_dates};
	for (size_t k = 0; k < ARRAY_LENGTH(dates); k++)
		for (guint i = 0; i < dates[k]->len; i++)
			note_steps(
			    language->class_uses, &g_array_index(dates[k], struct date_rule, i).pattern);
	const GArray *const rules[] = {language->rules, language->learnt};
	for (size_t k = 0; k < ARRAY_LENGTH(rules); k++)
		for (guint i = 0; i < rules[k]->len; i++)
			note_steps(language->class_uses, &g_array_index(rules[k], struct rule, i).pattern);
}

static void note_all_uses(const struct lexicon *lexicon, struct language *language)
{
	language->class_uses = g_new0(uint8_t, lexicon->class_names->len);
	note_uses(lexicon, language->class_uses, &language->dates_by_class, USE_DATE);
	note_uses(lexicon, language->class_uses, &language->later_by_class, USE_LATER);
	note_uses(lexicon, language->class_uses, &language->maybe_by_class, USE_MAYBE);
	note_uses(lexicon, language->class_uses, &language->rules_by_class, USE_RULE);
	note_uses(lexicon, language->class_uses, &language->learnt_by_class, USE_LEARNT);
	note_uses(lexicon, language->class_uses, &language->bags_by_class, USE_LISTED);
	note_all_steps(language);
	for (guint i = 0; i < lexicon->class_names->len; i++)
		if (lexicon->concept_hashes[i])
			language->class_uses[i] |= USE_CONCEPT;
}

/* Whatever has no use in LANGUAGE, mostly classes of other languages' patterns, is left out. What stands at
 * the end may be asked for, though nobody looks at it. */
static void note_meant(const struct lexicon *lexicon, struct language *language)
{
	language->meant = g_new(struct meant_class, language->node_classes->len + 1);
	uint32_t count = 0;
	for (guint i = 0; i < language->nodes->len; i++) {
		struct node *node = language_node(language, i);
		uint32_t first = node->first_class, end = first + node->class_count;
		node->first_class = count;
		for (uint32_t k = first; k < end; k++) {
			class_id class = g_array_index(language->node_classes, class_id, k);
			uint8_t uses = language->class_uses[class];
			if (uses != 0 || lexicon->watched[class])
				language->meant[count++] = (struct meant_class){class, uses};
		}
		node->class_count = count - node->first_class;
	}
	g_clear_pointer(&language->node_classes, class_array_free);
}

static void hash_rules(struct language *language)
{
	for (guint i = 0; i < language->rules->len; i++) {
		struct rule *rule = &g_array_index(language->rules, struct rule, i);
		rule->name_hash = word_hash(rule->short_name, strlen(rule->short_name));
		if (rule->value)
			rule->value_hash = word_hash(rule->value, strlen(rule->value));
	}
}

/* What words tell of the languages. */
static void note_words(struct lexicon *lexicon)
{
	word_index_init(&lexicon->tells, 2 * WORDS_USUAL);
	for (size_t i = 0; i < lexicon->language_count; i++) {
		const struct language *language = lexicon->languages[i];
		for (guint k = 0; k < language->own_words; k++) {
			const struct word_slot *word = &g_array_index(language->words, struct word_slot, k);
			bool plain = language_node(language, (uint32_t)word->value)->plain;
			uint64_t tells = WORD_KNOWN | (plain ? WORD_PLAIN : 0);
			uint64_t before = word_index_find(&lexicon->tells, word->key);
			word_index_put(&lexicon->tells, word->key, before | tells << WORD_TELLS * i);
		}
		g_clear_pointer(&lexicon->languages[i]->words, class_array_free);
	}
}

bool lexicon_finish(struct lexicon *lexicon, struct error *error)
{
	if (lexicon->finished)
		return true;
	if (lexicon->broken)
		return error_set(error, STATUS_CONFIG, "a file of the lexicon is bad");
	for (size_t i = 0; i < lexicon->language_count; i++)
		lexicon->languages[i]->own_words = lexicon->languages[i]->words->len;
	for (guint i = 0; i < lexicon->common->len; i++)
		for (size_t k = 0; k < lexicon->language_count; k++) {
			const struct common_text *common = lexicon->common->pdata[i];
			bool is_common;
			if (!lexicon_file_apply(lexicon, lexicon->languages[k], common->name, common->text,
				strlen(common->text), &is_common, error))
				return false;
		}
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		lexicon->known[i] = lexicon_class(lexicon, known_names[i]);
	number_watched(lexicon);
	close_built_ins(lexicon);
	hash_concepts(lexicon);
	for (size_t i = 0; i < lexicon->language_count; i++) {
		struct language *language = lexicon->languages[i];
		expand_nodes(lexicon, language);
		listing_init(lexicon, language);
		hash_rules(language);
		note_all_uses(lexicon, language);
		note_meant(lexicon, language);
	}
	note_words(lexicon);
	lexicon->finished = true;
	return true;
}
