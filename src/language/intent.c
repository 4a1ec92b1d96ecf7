#include "base/base.h"

#include "language/intent.h"

static const char *const intent_words[] = {
    [INTENT_INSOLVENCY] = "insolvency",
    [INTENT_LEGAL] = "legal",
    [INTENT_DISPUTE] = "dispute",
    [INTENT_DELAY] = "delay",
    [INTENT_PROMISE] = "promise",
    [INTENT_PAID] = "paid",
    [INTENT_REMITTANCE] = "remittance",
    [INTENT_REQUEST] = "request",
    [INTENT_REDIRECT] = "redirect",
    [INTENT_ABSENCE] = "absence",
    [INTENT_TICKET] = "ticket",
    [INTENT_ACK] = "ack",
    [INTENT_NONE] = "none",
};

static void remittance_line_free(void *pointer)
{
	struct remittance_line *line = pointer;
	g_free(line->invoice);
	g_free(line);
}

struct intent *intent_new(enum intent_kind kind)
{
	struct intent *intent = g_new0(struct intent, 1);
	intent->kind = kind;
	intent->date = DATE_NONE;
	intent->until = DATE_NONE;
	intent->proposal = g_array_new(FALSE, TRUE, sizeof(struct instalment));
	intent->lines = g_ptr_array_new_with_free_func(remittance_line_free);
	intent->mentions = g_ptr_array_new_with_free_func(g_free);
	return intent;
}

void intent_free(struct intent *intent)
{
	if (!intent)
		return;
	g_free(intent->reason);
	g_free(intent->what);
	g_free(intent->contact);
	g_free(intent->span);
	g_free(intent->rule);
	g_array_unref(intent->proposal); /* an effect may keep it */
	g_ptr_array_free(intent->lines, TRUE);
	g_ptr_array_free(intent->mentions, TRUE);
	g_free(intent);
}

const char *intent_kind_word(enum intent_kind kind)
{
	return intent_words[kind];
}

bool intent_kind_from_word(const char *word, enum intent_kind *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(intent_words); i++)
		if (strcmp(word, intent_words[i]) == 0) {
			*kind = (enum intent_kind)i;
			return true;
		}
	return false;
}

static bool is_in(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

bool intent_is_reason(const char *word)
{
	static const char *const reasons[] = {"price", "quantity", "quality", "not_delivered", "duplicate",
	    "not_ordered", "wrong_party", "tax", "terms", "already_credited", "refusal", "other"};
	return is_in(reasons, ARRAY_LENGTH(reasons), word);
}

bool intent_is_thing(const char *word)
{
	static const char *const things[] = {"invoice_copy", "purchase_order", "delivery_proof",
	    "bank_details", "statement", "credit_note", "details", "portal", "other"};
	return is_in(things, ARRAY_LENGTH(things), word);
}
