/* Any bytes become a reading, and its JSON is one that the clerk accepts and gives back unchanged. */
#include "base/base.h"
#include "reader/setup.h"
#include "reading/reading.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct lexicon *lexicon;

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count, (void)arguments;
	struct error error = {0};
	setup_libraries();
	lexicon = setup_lexicon(FUZZ_TOP "/conf/lexicon", NULL, &error);
	if (lexicon)
		return 0;
	fprintf(stderr, "%s\n", error.text);
	exit(1);
}

static void check_acceptable(const json_t *json)
{
	struct reading *reading;
	struct error error = {0};
	if (!reading_from_json(json, &reading, &error)) {
		fprintf(stderr, "refused: %s\n", error.text);
		abort();
	}
	json_t *again = reading_to_json(reading);
	if (!json_equal(json, again))
		abort();
	json_decref(again);
	reading_free(reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct reading *reading = reading_of_bytes(bytes, length, NULL, lexicon);
	json_t *json = reading_to_json(reading);
	check_acceptable(json);
	json_decref(json);
	reading_free(reading);
	return 0;
}
