noinst_LIBRARIES += libhost.a
libhost_a_SOURCES = \
	src/host/clock.c src/host/clock.h \
	src/host/fault.c src/host/fault.h \
	src/host/file.c src/host/file.h \
	src/host/installation.c src/host/installation.h \
	src/host/layout_folder.c src/host/layout_folder.h \
	src/host/front_stats.c src/host/front_stats.h \
	src/host/notify.c src/host/notify.h \
	src/host/process.c src/host/process.h \
	src/host/spool.c src/host/spool.h \
	src/host/spool_form.c src/host/spool_form.h \
	src/host/spool_name.c src/host/spool_name.h \
	src/host/spool_pool.c src/host/spool_pool.h \
	src/host/spool_read.c src/host/spool_recover.c \
	src/host/watchlist.c src/host/watchlist.h \
	src/host/zone.c
