/* Zones of the tz database. Apart from clock.c because the front, which must do without GLib, needs no zone.
 */
#include "base/base.h"
#include "host/clock.h"

#include <glib.h>

struct zone {
	GTimeZone *zone;
};

struct zone *zone_new(const char *name, struct error *error)
{
	GTimeZone *found = g_time_zone_new_identifier(name);
	if (!found) {
		error_set(error, STATUS_CONFIG, "time zone \"%s\": is not in the tz database", name);
		return NULL;
	}
	struct zone *zone = g_new(struct zone, 1);
	zone->zone = found;
	return zone;
}

void zone_free(struct zone *zone)
{
	if (!zone)
		return;
	g_time_zone_unref(zone->zone);
	g_free(zone);
}

int zone_offset(const struct zone *zone, instant_t instant)
{
	int interval = g_time_zone_find_interval(zone->zone, G_TIME_TYPE_UNIVERSAL, instant);
	return interval < 0 ? 0 : g_time_zone_get_offset(zone->zone, interval);
}

date_t zone_date(const struct zone *zone, instant_t instant)
{
	return instant_date(instant, zone_offset(zone, instant));
}

instant_t zone_instant(const struct zone *zone, date_t date, int second)
{
	/* A time that the clocks skip becomes the first one behind the gap; one that they show twice is the
	 * first. */
	gint64 local = instant_from_date(date, second, 0);
	int interval = g_time_zone_adjust_time(zone->zone, G_TIME_TYPE_DAYLIGHT, &local);
	return local - (interval < 0 ? 0 : g_time_zone_get_offset(zone->zone, interval));
}
