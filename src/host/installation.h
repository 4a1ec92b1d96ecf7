/*
 * An installation: its configuration file, and the names of what lies in its folders. Every program finds
 * them here. No GLib: the front uses it, too.
 */
#ifndef RELANCE_HOST_INSTALLATION_H
#define RELANCE_HOST_INSTALLATION_H

#include "base/base.h"
#include "base/config.h"

/* The file that is read without -c. */
#define INSTALLATION_CONFIG RELANCE_SYSCONFDIR "/relance/relance.conf"

/* In state_dir */
#define PLACE_STORE "relance.db"
/* In run_dir */
#define PLACE_WATCHLIST	    "watchlist"
#define PLACE_PID	    "relanced.pid"
#define PLACE_READER_SOCKET "reader.sock"
#define PLACE_FRONT_STATS   "front.stats"
#define PLACE_CLOCK	    "clock"
#define PLACE_TICKED	    "ticked" /* under test_clock: the instant of the clerk's last tick, which tests wait for */

/*
 * Reads PATH and, behind it, the files conf.d/<name>.conf beside it in the order of their names; messages
 * name the file and the line. STATUS_CONFIG where there is no such file. config_clear() frees CONFIG.
 * Where lexicon_dir and template_dir are missing, those of the source tree take their place.
 */
bool installation_load(const char *path, struct config *config, struct error *error);
/*
 * PATH where it can be read; else BUILT ("conf/lexicon") in the folder of this program or the one above it,
 * where nothing is installed yet and it runs where it was built; else PATH. Free with free().
 */
char *installation_find(const char *path, const char *built);
/* "FOLDER/NAME"; free with free(). */
char *installation_place(const char *folder, const char *name);

#endif
