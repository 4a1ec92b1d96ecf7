/* relance-clerk: the only writer of the daemon. Started by relanced(8). */
#include "base/base.h"
#include "base/log.h"
#include "clerk/clerk.h"
#include "host/installation.h"

#include <unistd.h>

int main(int count, char **arguments)
{
	const char *config_path = INSTALLATION_CONFIG;
	for (int option; (option = getopt(count, arguments, "c:")) != -1;) {
		if (option != 'c') {
			fprintf(stderr, "usage: relance-clerk [-c FILE]\n");
			return STATUS_USAGE;
		}
		config_path = optarg;
	}
	struct error error = {0};
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
