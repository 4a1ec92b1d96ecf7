#include "base/base.h"
#include "relance/doctor.h"
#include "host/installation.h"
#include "host/layout_folder.h"
#include "host/spool.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <unistd.h>

#define OLD_SPOOL      (15 * 60)
#define LEAST_DISK     ((int64_t)100 * 1024 * 1024)
#define CONNECT_MILLIS 3000

const struct option_row doctor_option_rows[] = {
    {0, "postconf", OPTION_TEXT, offsetof(struct doctor_options, postconf), "FILE", "path of postconf", NULL},
    {'C', "mta-config", OPTION_TEXT, offsetof(struct doctor_options, mta_config), "DIR",
	"Postfix' configuration folder (another instance)", NULL},
    {0, "sendmail-cf", OPTION_TEXT, offsetof(struct doctor_options, sendmail_cf), "FILE",
	"Sendmail's configuration file", NULL},
    OPTIONS_END,
};

const char *doctor_socket_path(const struct doctor *doctor)
{
	const char *socket = doctor->session->config.socket;
	if (g_str_has_prefix(socket, "unix:"))
		return socket + 5;
	return g_str_has_prefix(socket, "local:") ? socket + 6 : NULL;
}

/* --- the installation */

/* What somebody made by hand, the daemon's user may not be able to open. PATH is freed. */
static bool belongs_to_user(struct doctor *doctor, char *path)
{
	const char *name = doctor->session->config.user;
	const struct passwd *user = *name != '\0' ? getpwnam(name) : NULL;
	struct stat status;
	bool belongs = user == NULL || stat(path, &status) != 0 || status.st_uid == user->pw_uid;
	if (!belongs) {
		char *remedy = g_strdup_printf("chown %s: %s", name, path);
		findings_add(doctor->findings, "folders", VERDICT_BAD, remedy,
		    "%s does not belong to the user \"%s\"", path, name);
		g_free(remedy);
	}
	free(path);
	return belongs;
}

static void check_folders(struct doctor *doctor)
{
	const struct config *config = &doctor->session->config;
	const char *const folders[] = {config->state_dir, config->spool_dir, config->run_dir};
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		struct stat status;
		if (stat(folders[i], &status) != 0) {
			char *remedy =
			    g_strdup_printf("relance -c %s init", session_config_path(doctor->session));
			findings_add(doctor->findings, "folders", VERDICT_BAD, remedy, "%s: %s", folders[i],
			    strerror(errno));
			g_free(remedy);
			return;
		}
		if ((status.st_mode & S_IWOTH) != 0) {
			char *remedy = g_strdup_printf("chmod o-rwx %s", folders[i]);
			findings_add(doctor->findings, "folders", VERDICT_BAD, remedy,
			    "%s: everybody may write to it", folders[i]);
			g_free(remedy);
			return;
		}
	}
	if (belongs_to_user(doctor, session_store_location(doctor->session)) &&
	    belongs_to_user(doctor, installation_place(config->run_dir, PLACE_WATCHLIST)) &&
	    belongs_to_user(doctor, installation_place(config->run_dir, PLACE_WATCHLIST "-lock")))
		findings_add(doctor->findings, "folders", VERDICT_GOOD, NULL, "%s, %s, %s", folders[0],
		    folders[1], folders[2]);
}

static void check_store(struct doctor *doctor)
{
	struct error error = {0};
	if (session_open(doctor->session, ACCESS_READ, &error) && store_check(doctor->session->store, &error))
		findings_add(doctor->findings, "store", VERDICT_GOOD, NULL, "sound, schema %d",
		    store_schema_version());
	else
		findings_add(doctor->findings, "store", VERDICT_BAD, NULL, "%s", error.text);
}

static void check_spool(struct doctor *doctor)
{
	struct spool spool;
	struct error error = {0};
	char first[1][SPOOL_STEM_SIZE];
	struct stat status;
	int64_t unread = 0, bytes, failed = 0;
	int64_t age = 0;
	if (stat(doctor->session->config.spool_dir, &status) != 0)
		return; /* told by check_folders */
	if (!spool_open(doctor->session->config.spool_dir, &spool, &error)) {
		findings_add(doctor->findings, "spool", VERDICT_BAD, NULL, "%s", error.text);
		return;
	}
	bool ok = spool_measure(spool.new, &unread, &bytes, &error) &&
		  spool_measure(spool.failed, &failed, &bytes, &error);
	time_t arrival;
	if (ok && unread > 0 && spool_list(spool.new, first, 1, &error) == 1 &&
	    spool_arrival(spool.new, first[0], &arrival))
		age = (int64_t)time(NULL) - arrival;
	spool_close(&spool);
	if (!ok)
		findings_add(doctor->findings, "spool", VERDICT_BAD, NULL, "%s", error.text);
	else if (age > OLD_SPOOL)
		findings_add(doctor->findings, "spool", VERDICT_BAD, NULL,
		    "%lld mails wait, the oldest for %lld minutes", (long long)unread, (long long)(age / 60));
	else if (failed > 0)
		findings_add(doctor->findings, "spool", VERDICT_NOTE, "relance retry",
		    "%lld mails could not be read (relance status names them)", (long long)failed);
	else
		findings_add(
		    doctor->findings, "spool", VERDICT_GOOD, NULL, "%lld mails wait", (long long)unread);
}

static void check_disk(struct doctor *doctor)
{
	const struct config *config = &doctor->session->config;
	const char *const folders[] = {config->state_dir, config->spool_dir};
	int64_t least = INT64_MAX;
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		struct statvfs disk;
		if (statvfs(folders[i], &disk) != 0)
			return; /* told by check_folders */
		int64_t bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
		least = MIN(least, bytes);
		if (bytes < LEAST_DISK) {
			findings_add(doctor->findings, "disk", VERDICT_BAD, NULL, "%s: only %lld MB are free",
			    folders[i], (long long)(bytes >> 20));
			return;
		}
	}
	bool small = least < config->max_spool_size;
	findings_add(doctor->findings, "disk", small ? VERDICT_NOTE : VERDICT_GOOD, NULL, "%lld MB free%s",
	    (long long)(least >> 20), small ? ", less than max_spool_size" : "");
}

static void check_clock(struct doctor *doctor)
{
	struct timex state = {0};
	if (doctor->session->config.test_clock)
		findings_add(doctor->findings, "clock", VERDICT_NOTE, NULL,
		    "test_clock is on: not for a company's real mail");
	else if (adjtimex(&state) == TIME_ERROR)
		findings_add(doctor->findings, "clock", VERDICT_NOTE, NULL,
		    "the machine's clock is not synchronised (NTP)");
	else
		findings_add(doctor->findings, "clock", VERDICT_GOOD, NULL, "synchronised, zone %s",
		    doctor->session->config.time_zone);
}

static void check_authserv(struct doctor *doctor)
{
	const struct text_list *ids = &doctor->session->config.authserv_ids;
	if (ids->count == 0)
		findings_add(doctor->findings, "authserv-ids", VERDICT_NOTE,
		    "authserv_ids = {\"mail.example.com\"}",
		    "none are set: no sender counts as verified, so answers only ever hold for a bounded "
		    "time");
	else
		findings_add(doctor->findings, "authserv-ids", VERDICT_GOOD, NULL, "%s", ids->items[0]);
}

static void check_sending(struct doctor *doctor)
{
	const struct config *config = &doctor->session->config;
	static const char *const words[] = {
	    [SENDING_OFF] = "off: nothing is sent", [SENDING_APPROVE] = "approve", [SENDING_ON] = "on"};
	if (config->sending != SENDING_OFF && access(config->sendmail, X_OK) != 0)
		findings_add(doctor->findings, "sending", VERDICT_BAD, NULL, "%s: %s", config->sendmail,
		    strerror(errno));
	else
		findings_add(doctor->findings, "sending", VERDICT_GOOD, NULL, "%s", words[config->sending]);
}

static guint count_broken(const GPtrArray *files, const char **complaint)
{
	guint broken = 0;
	for (guint i = 0; i < files->len; i++) {
		const struct layout_file *file = files->pdata[i];
		if (file->complaint == NULL)
			continue;
		*complaint = broken++ == 0 ? file->complaint : *complaint;
	}
	return broken;
}

/* What the readers load when they start. */
static void check_layouts(struct doctor *doctor)
{
	const char *dir = doctor->session->config.layout_dir, *complaint = NULL;
	struct error error = {0};
	struct stat status;
	if (*dir == '\0' || (stat(dir, &status) != 0 && errno == ENOENT)) {
		findings_add(doctor->findings, "layouts", VERDICT_GOOD, NULL, "none are taught");
		return;
	}
	GPtrArray *files = layout_folder_read(dir, &error);
	if (files == NULL) {
		findings_add(doctor->findings, "layouts", VERDICT_BAD, NULL, "%s", error.text);
		return;
	}
	guint broken = count_broken(files, &complaint);
	if (broken > 0)
		findings_add(doctor->findings, "layouts", VERDICT_BAD, NULL, "%u of %u cannot be used: %s",
		    broken, files->len, complaint);
	else
		findings_add(doctor->findings, "layouts", VERDICT_GOOD, NULL, "%u in %s", files->len, dir);
	g_ptr_array_unref(files);
}

/* --- the socket */

static bool finish_connect(int descriptor)
{
	struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
	int reason = ETIMEDOUT;
	socklen_t length = sizeof reason;
	if (poll(&wait, 1, CONNECT_MILLIS) == 1)
		getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &length);
	errno = reason;
	return reason == 0;
}

static bool try_connect(int family, const struct sockaddr *address, socklen_t length)
{
	int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (descriptor < 0)
		return false;
	bool ok =
	    connect(descriptor, address, length) == 0 || (errno == EINPROGRESS && finish_connect(descriptor));
	int reason = errno;
	close(descriptor);
	errno = reason;
	return ok;
}

static bool connect_unix(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return false;
	}
	memcpy(address.sun_path, path, strlen(path));
	return try_connect(AF_UNIX, (const struct sockaddr *)&address, sizeof address);
}

/* "inet:PORT@HOST", "inet6:PORT" */
static bool connect_inet(const char *text)
{
	const char *port = strchr(text, ':');
	if (port == NULL)
		return false;
	char **parts = g_strsplit(port + 1, "@", 2);
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *addresses = NULL;
	bool ok = false;
	if (getaddrinfo(parts[0] != NULL && parts[1] != NULL ? parts[1] : "localhost", parts[0], &hints,
		&addresses) == 0)
		for (const struct addrinfo *a = addresses; a != NULL && !ok; a = a->ai_next)
			ok = try_connect(a->ai_family, a->ai_addr, a->ai_addrlen);
	if (addresses != NULL)
		freeaddrinfo(addresses);
	g_strfreev(parts);
	return ok;
}

static void check_socket(struct doctor *doctor)
{
	const char *path = doctor_socket_path(doctor);
	const char *text = doctor->session->config.socket;
	pid_t daemon = session_daemon(doctor->session);
	bool open = path != NULL ? connect_unix(path) : connect_inet(text);
	if (open)
		findings_add(doctor->findings, "socket", VERDICT_GOOD, NULL, "%s answers", text);
	else if (daemon == 0)
		findings_add(doctor->findings, "socket", VERDICT_BAD,
		    "relanced -c CONFIG, or as the service manager starts it", "relanced does not run");
	else
		findings_add(doctor->findings, "socket", VERDICT_BAD, NULL, "%s: %s", text, strerror(errno));
}

void doctor_installation(struct doctor *doctor)
{
	check_folders(doctor);
	check_store(doctor);
	check_spool(doctor);
	check_disk(doctor);
	check_clock(doctor);
	check_authserv(doctor);
	check_sending(doctor);
	check_layouts(doctor);
	check_socket(doctor);
}

/* --- the command */

static void examine_mta(struct doctor *doctor)
{
	const struct doctor_options *options = doctor->options;
	static const char *const usual[] = {"/etc/mail/sendmail.cf", "/etc/sendmail.cf"};
	char *postconf =
	    options->postconf != NULL ? g_strdup(options->postconf) : g_find_program_in_path("postconf");
	if (postconf == NULL && access("/usr/sbin/postconf", X_OK) == 0)
		postconf = g_strdup("/usr/sbin/postconf");
	const char *cf = options->sendmail_cf;
	for (size_t i = 0; cf == NULL && postconf == NULL && i < ARRAY_LENGTH(usual); i++)
		cf = access(usual[i], R_OK) == 0 ? usual[i] : NULL;
	if (cf != NULL)
		doctor_sendmail(doctor, cf);
	if (postconf != NULL && (cf == NULL || options->postconf != NULL))
		doctor_postfix(doctor, postconf);
	if (cf == NULL && postconf == NULL)
		findings_add(doctor->findings, "mta", VERDICT_BAD, NULL,
		    "neither Postfix (postconf) nor Sendmail (sendmail.cf) was found; --postconf or "
		    "--sendmail-cf names one");
	g_free(postconf);
}

bool run_doctor(struct session *session, struct error *error)
{
	struct findings findings;
	struct error bad = {0};
	(void)error;
	findings_init(&findings);
	struct doctor doctor = {session, session->options, &findings};
	if (session_open(session, ACCESS_CONFIG, &bad)) {
		findings_add(
		    &findings, "configuration", VERDICT_GOOD, NULL, "%s", session_config_path(session));
		doctor_installation(&doctor);
		examine_mta(&doctor);
	} else {
		findings_add(&findings, "configuration", VERDICT_BAD, NULL, "%s", bad.text);
	}
	findings_print(session, &findings, !session->common.quiet);
	findings_clear(&findings);
	return true;
}
