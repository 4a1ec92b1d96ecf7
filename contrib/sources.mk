# what contrib/ ships
EXTRA_DIST += contrib/setup
# the demonstration: sh contrib/setup demo (the invoices come from tests/data/invoices/make-invoices demo)
EXTRA_DIST += \
	contrib/demo/demo \
	contrib/demo/play.py \
	contrib/demo/invoices/F2026-118.pdf \
	contrib/demo/invoices/F2026-119.xml \
	contrib/demo/invoices/F2026-120.pdf \
	contrib/demo/invoices/F2026-121.pdf \
	contrib/demo/mails/F2026-118.txt \
	contrib/demo/mails/F2026-119.txt \
	contrib/demo/mails/F2026-120.txt \
	contrib/demo/mails/F2026-121.txt \
	contrib/demo/answers/1-acknowledgement.eml \
	contrib/demo/answers/2-promise.eml \
	contrib/demo/answers/3-dispute.eml \
	contrib/demo/answers/4-out-of-office.eml
# for systemd: installed where configure was told --with-systemdsystemunitdir
EXTRA_DIST += \
	contrib/systemd/relance.service.in \
	contrib/systemd/relance.sysusers \
	contrib/systemd/relance.tmpfiles
CLEANFILES += relance.service
relance.service: $(top_srcdir)/contrib/systemd/relance.service.in Makefile
	$(AM_V_GEN)$(SED) -e 's|[@]sbindir@|$(sbindir)|' -e 's|[@]sysconfdir@|$(sysconfdir)|' \
		'$(top_srcdir)/contrib/systemd/relance.service.in' >$@
if HAVE_SYSTEMD_UNITDIR
systemdsystemunit_DATA = relance.service
install-data-local: install-systemd-companions
install-systemd-companions:
	$(MKDIR_P) '$(DESTDIR)$(prefix)/lib/sysusers.d' '$(DESTDIR)$(prefix)/lib/tmpfiles.d'
	$(INSTALL_DATA) '$(top_srcdir)/contrib/systemd/relance.sysusers' '$(DESTDIR)$(prefix)/lib/sysusers.d/relance.conf'
	$(INSTALL_DATA) '$(top_srcdir)/contrib/systemd/relance.tmpfiles' '$(DESTDIR)$(prefix)/lib/tmpfiles.d/relance.conf'
uninstall-local: uninstall-systemd-companions
uninstall-systemd-companions:
	rm -f '$(DESTDIR)$(prefix)/lib/sysusers.d/relance.conf' '$(DESTDIR)$(prefix)/lib/tmpfiles.d/relance.conf'
endif
