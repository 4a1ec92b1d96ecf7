/* relanced(8): runs the front, the readers and the clerk. */
#include "base/base.h"

#include "base/log.h"
#include "host/clock.h"
#include "host/installation.h"
#include "host/notify.h"
#include "relanced/ground.h"
#include "relanced/options.h"
#include "relanced/supervisor.h"
#include "relanced/taught.h"
#include "relanced/templates.h"

#include <unistd.h>

/* The one line for the person (or unit) that starts us. */
static int complain(const struct error *error)
{
	fprintf(stderr, "relanced: %s\n", error->text);
	return (int)error->status;
}

static void say(const char *complaint)
{
	fprintf(stderr, "relanced: %s\n", complaint);
}

static bool config_load(const struct options *options, struct config *config, struct error *error)
{
	if (!installation_load(options->config, config, error))
		return false;
	if (!ground_check(config, error) ||
	    (options->now != INSTANT_NONE && !config->test_clock &&
		!error_set(error, STATUS_USAGE, "--now: is refused without test_clock = yes in %s",
		    options->config))) {
		config_clear(config);
		return false;
	}
	return true;
}

/* All that must be right before there is anything to watch over. */
static bool prepare(
    const struct options *options, const struct config *config, int *line, struct error *error)
{
	bool to_syslog = !strcmp(config->log, "syslog");
	if (!ground_folders(config, error) || !ground_socket_folder(config, error) ||
	    !ground_become_user(config, error))
		return false;
	if (options->now != INSTANT_NONE && !clock_save(config->run_dir, options->now, error))
		return false;
	if (!options->foreground && !ground_detach(line, error))
		return false;
	log_open("relanced", to_syslog, false);
	return ground_pid_file(config, error);
}

/* Takes CONFIG over; the exit status. */
static int serve(const struct options *options, struct config *config, int line)
{
	struct error error = {0};
	supervisor_signals();
	log_event(LOG_IS_EVENT, NULL, "starting", "version=%s config=%s companies=%zu", PACKAGE_VERSION,
	    options->config, config->company_count);
	bool to_syslog = !strcmp(config->log, "syslog");
	struct supervisor *supervisor = supervisor_new(config, options->config, options->libexec);
	bool started = supervisor_start(supervisor, &error);
	if (started) {
		notify_service("READY=1");
		ground_tell(line, STATUS_DONE, !to_syslog);
		supervisor_run(supervisor);
		notify_service("STOPPING=1");
		supervisor_stop(supervisor);
		log_event(LOG_IS_EVENT, NULL, "stopped", "version=%s", PACKAGE_VERSION);
	} else {
		log_error("start", &error);
		if (to_syslog || line >= 0)
			complain(&error);
		ground_tell(line, error.status, !to_syslog);
	}
	supervisor_free(supervisor);
	return started ? STATUS_DONE : (int)error.status;
}

int main(int count, char **arguments)
{
	struct options options;
	struct config config;
	struct error error = {0};
	int line = -1;
	if (!options_read(count, arguments, &options, &error))
		return complain(&error);
	if (options.help || options.version) {
		if (options.help)
			options_help();
		else
			printf("relanced %s\n", PACKAGE_VERSION);
		return STATUS_DONE;
	}
	if (!config_load(&options, &config, &error))
		return complain(&error);
	if (options.check) {
		size_t broken = taught_check(&config, say);
		bool sound = templates_look(options.libexec, options.config, &error) &&
			     lexicons_look(options.libexec, &config, &error);
		config_clear(&config);
		if (!sound)
			return complain(&error);
		return broken == 0 ? STATUS_DONE : STATUS_CONFIG;
	}
	if (!prepare(&options, &config, &line, &error)) {
		int status = complain(&error);
		ground_tell(line, error.status, false);
		config_clear(&config);
		return status;
	}
	char *pid_file = installation_place(config.run_dir, PLACE_PID);
	int status = serve(&options, &config, line);
	unlink(pid_file);
	free(pid_file);
	return status;
}
