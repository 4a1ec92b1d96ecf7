#include "base/base.h"
#include "relanced/options.h"

#include "host/installation.h"

#include <getopt.h>

enum option_code { OPTION_NOW = 256, OPTION_LIBEXEC };

static const struct option known_options[] = {
    {"config", required_argument, NULL, 'c'},
    {"foreground", no_argument, NULL, 'F'},
    {"check", no_argument, NULL, 't'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {"now", required_argument, NULL, OPTION_NOW},
    {"libexec", required_argument, NULL, OPTION_LIBEXEC},
    {NULL, 0, NULL, 0},
};

static bool take_option(int code, struct options *options, struct error *error)
{
	switch (code) {
	case 'c':
		options->config = optarg;
		return true;
	case 'F':
		options->foreground = true;
		return true;
	case 't':
		options->check = true;
		return true;
	case 'h':
		options->help = true;
		return true;
	case 'V':
		options->version = true;
		return true;
	case OPTION_LIBEXEC:
		options->libexec = optarg;
		return true;
	case OPTION_NOW:
		return instant_parse(optarg, &options->now, NULL) ||
		       error_set(error, STATUS_USAGE,
			   "--now: \"%s\" is no instant: 2026-03-17T10:02:00+01:00", optarg);
	default: /* getopt has said it */
		return error_set(error, STATUS_USAGE, "try: relanced --help");
	}
}

bool options_read(int count, char **arguments, struct options *options, struct error *error)
{
	*options = (struct options){
	    .config = INSTALLATION_CONFIG, .now = INSTANT_NONE, .libexec = RELANCE_LIBEXECDIR};
	int code;
	while ((code = getopt_long(count, arguments, "c:FthV", known_options, NULL)) >= 0)
		if (!take_option(code, options, error))
			return false;
	return optind == count || error_set(error, STATUS_USAGE, "\"%s\" is not expected", arguments[optind]);
}

void options_help(void)
{
	printf("usage: relanced [-Ft] [-c FILE] [--now INSTANT] [--libexec DIR]\n"
	       "Runs Relance: the milter, the readers and the clerk.\n"
	       "  -c, --config FILE   the configuration (%s)\n"
	       "  -F, --foreground    do not go to the background\n"
	       "  -t, --check         check the configuration and stop\n"
	       "      --now INSTANT   start as if it were INSTANT (only with test_clock = yes)\n"
	       "      --libexec DIR   where the other programs are (%s)\n"
	       "  -h, --help          print this and stop\n"
	       "  -V, --version       print the version and stop\n",
	    INSTALLATION_CONFIG, RELANCE_LIBEXECDIR);
}
