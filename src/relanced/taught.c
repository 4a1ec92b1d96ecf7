#include "base/base.h"
#include "relanced/taught.h"

#include "base/log.h"
#include "host/layout_folder.h"

size_t taught_check(const struct config *config, void (*tell)(const char *complaint))
{
	struct error error = {0};
	size_t broken = 0;
	if (!*config->layout_dir)
		return 0;
	GPtrArray *files = layout_folder_read(config->layout_dir, &error);
	if (!files) {
		tell(error.text);
		return 1;
	}
	for (guint i = 0; i < files->len; i++) {
		const struct layout_file *file = files->pdata[i];
		if (!file->complaint)
			continue;
		tell(file->complaint);
		broken++;
	}
	g_ptr_array_unref(files);
	return broken;
}

void taught_log(const char *complaint)
{
	log_event(LOG_IS_ERROR, NULL, "layout", "left out: %s", complaint);
}
