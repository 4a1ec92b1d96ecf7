/* relance-clerk: the only writer of the daemon. Started by relanced(8). */
#include "base/base.h"
#include "base/log.h"
#include "clerk/clerk.h"
#include "dunning/template_set.h"
#include "host/installation.h"

#include <unistd.h>

/* For "relanced -t", which reads our standard output. */
static int complain(const struct error *error)
{
	puts(error->text);
	return (int)error->status;
}

static bool check(const char *config_path, struct error *error)
{
	struct config config;
	if (!installation_load(config_path, &config, error))
		return false;
	bool sound = templates_check(&config, error);
	config_clear(&config);
	return sound;
}

int main(int count, char **arguments)
{
	const char *config_path = INSTALLATION_CONFIG;
	bool only_check = false;
	for (int option; (option = getopt(count, arguments, "c:t")) != -1;) {
		if (option == '?') {
			fprintf(stderr, "usage: relance-clerk [-t] [-c FILE]\n");
			return STATUS_USAGE;
		}
		if (option == 't')
			only_check = true;
		else
			config_path = optarg;
	}
	struct error error = {0};
	if (only_check)
		return check(config_path, &error) ? STATUS_DONE : complain(&error);
	clerk_signals();
	struct clerk *clerk = clerk_new(config_path, &error);
	if (!clerk) {
		log_error("relance-clerk", &error);
		return (int)error.status;
	}
	clerk_run(clerk);
	clerk_free(clerk);
	return STATUS_DONE;
}
