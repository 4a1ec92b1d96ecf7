/* Any JSON is refused with a reason, or is a reading that survives the way to JSON and back. */
#include "base/base.h"
#include "reading/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static json_t *through(const json_t *json)
{
	struct reading *reading;
	struct error error = {0};
	if (!reading_from_json(json, &reading, &error)) {
		if (!error.text[0])
			abort();
		return NULL;
	}
	json_t *again = reading_to_json(reading);
	reading_free(reading);
	return again;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	json_t *json = json_loadb((const char *)bytes, length, JSON_REJECT_DUPLICATES, NULL);
	json_t *once = json ? through(json) : NULL;
	json_t *twice = once ? through(once) : NULL;
	if (once && (!twice || !json_equal(once, twice)))
		abort();
	json_decref(json);
	json_decref(once);
	json_decref(twice);
	return 0;
}
