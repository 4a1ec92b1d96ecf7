/*
 * understand-lines [-n] LEXICON-FOLDER CORPUS.jsonl...: reads the examples of a reply corpus without mail
 * around them and prints readings, one JSON object a line, in the form that the corpus' score program
 * expects. -n: rules alone, no model.
 */
#include "base/base.h"

#include "reply-corpus.h"

#include <glib.h>

static json_t *text_or_null(const char *text)
{
	return text && text[0] ? json_string(text) : json_null();
}

static json_t *date_or_null(date_t date)
{
	char text[DATE_TEXT_SIZE];
	return text_or_null(date_format(date, text));
}

static json_t *money_or_null(struct money amount)
{
	char text[MONEY_TEXT_SIZE];
	return text_or_null(money_format(amount, text));
}

static json_t *intent_json(const struct intent *intent)
{
	json_t *proposal = json_array(), *lines = json_array(), *mentions = json_array();
	for (guint i = 0; i < intent->proposal->len; i++) {
		const struct instalment *part = &g_array_index(intent->proposal, struct instalment, i);
		json_array_append_new(proposal, json_pack("{s:o,s:o}", "date", date_or_null(part->date),
						    "amount", money_or_null(part->amount)));
	}
	for (guint i = 0; i < intent->lines->len; i++) {
		const struct remittance_line *line = intent->lines->pdata[i];
		json_array_append_new(lines,
		    json_pack("{s:s,s:o}", "invoice", line->invoice, "amount", money_or_null(line->amount)));
	}
	for (guint i = 0; i < intent->mentions->len; i++)
		json_array_append_new(mentions, json_string(intent->mentions->pdata[i]));
	return json_pack("{s:s,s:f,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "intent",
	    intent_kind_word(intent->kind), "confidence", intent->confidence / 1000.0, "date",
	    date_or_null(intent->date), "amount", money_or_null(intent->amount), "reason",
	    text_or_null(intent->reason), "what", text_or_null(intent->what), "never_received",
	    intent->never_received, "contact", text_or_null(intent->contact), "until",
	    date_or_null(intent->until), "proposal", proposal, "lines", lines, "mentions", mentions, "span",
	    text_or_null(intent->span), "rule", text_or_null(intent->rule));
}

static void print_reading(const struct lexicon *lexicon, const struct example *example)
{
	struct understanding *understanding = understand(lexicon, example->text, &example->context);
	json_t *intents = json_array();
	for (guint i = 0; i < understanding->intents->len; i++)
		json_array_append_new(intents, intent_json(understanding->intents->pdata[i]));
	char *file = g_strconcat(json_string_value(json_object_get(example->json, "id")), ".eml", NULL);
	json_t *reading = json_pack("{s:s,s:{s:s,s:s,s:s,s:f,s:o,s:o}}", "file", file, "reply", "language",
	    understanding->language, "new_text", example->text, "primary",
	    intent_kind_word(understanding->primary), "confidence", understanding->confidence / 1000.0,
	    "intents", intents, "bank_change", text_or_null(understanding->bank_change));
	char *line = json_dumps(reading, JSON_COMPACT);
	puts(line);
	free(line);
	json_decref(reading);
	g_free(file);
	understanding_free(understanding);
}

int main(int argc, char **argv)
{
	bool model = true;
	int first = 1;
	if (first < argc && strcmp(argv[first], "-n") == 0) {
		model = false;
		first++;
	}
	if (argc - first < 2) {
		fprintf(stderr, "usage: understand-lines [-n] LEXICON-FOLDER CORPUS.jsonl...\n");
		return STATUS_USAGE;
	}
	struct lexicon *lexicon = load_lexicon(argv[first], model);
	GPtrArray *examples = g_ptr_array_new_with_free_func(example_free);
	for (int i = first + 1; i < argc; i++)
		load_examples(argv[i], examples);
	for (guint i = 0; i < examples->len; i++)
		print_reading(lexicon, examples->pdata[i]);
	g_ptr_array_free(examples, TRUE);
	lexicon_free(lexicon);
	return STATUS_DONE;
}
