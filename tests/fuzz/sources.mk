# Fuzzers (libFuzzer, so clang): tests/fuzz/fuzz-THING.c has LLVMFuzzerTestOneInput(); a line here makes it known.
#
#   make fuzz                        all of them, one after the other, FUZZ_SECONDS (600) each
#   make fuzz FUZZERS=fuzz-reading FUZZ_SECONDS=60
#
# What was found interesting stays in the build folder (tests/fuzz/corpus/THING); a finding stops and leaves its input in
# tests/fuzz/findings. Seeds are the folders in fuzz_THING_seeds (- as _).
FUZZERS =
FUZZERS += fuzz-reading
fuzz_reading_seeds = $(srcdir)/tests/data/mail $(srcdir)/contrib/demo/invoices
FUZZERS += fuzz-reading-json
fuzz_reading_json_seeds = $(srcdir)/tests/fuzz/seeds/reading-json
FUZZERS += fuzz-document-xml
fuzz_document_xml_seeds = $(srcdir)/tests/fuzz/seeds/document-xml
FUZZERS += fuzz-document-pdf
fuzz_document_pdf_seeds = $(srcdir)/tests/fuzz/seeds/document-pdf $(srcdir)/contrib/demo/invoices
FUZZERS += fuzz-document-text
fuzz_document_text_seeds = $(srcdir)/tests/fuzz/seeds/document-text
FUZZERS += fuzz-document-layout
fuzz_document_layout_seeds = $(srcdir)/tests/fuzz/seeds/document-layout
FUZZERS += fuzz-mail-message fuzz-mail-cut fuzz-mail-delivery
fuzz_mail_message_seeds = $(srcdir)/tests/fuzz/seeds/mail-message
fuzz_mail_cut_seeds = $(srcdir)/tests/fuzz/seeds/mail-cut
fuzz_mail_delivery_seeds = $(srcdir)/tests/fuzz/seeds/mail-delivery

FUZZ_CC = clang
FUZZ_SECONDS = 600
FUZZ_OPTIONS = -timeout=10 -rss_limit_mb=1024 -print_final_stats=1
FUZZ_CFLAGS = -std=gnu17 -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -DFUZZ_TOP='"$(abs_top_srcdir)"'
FUZZED_FILES = $(filter %.c,$(libreader_a_SOURCES) $(libreading_a_SOURCES) $(liblanguage_a_SOURCES) \
	$(libdocument_a_SOURCES) $(libmail_a_SOURCES) $(libbase_a_SOURCES)) src/host/layout_folder.c src/host/file.c
FUZZ_OBJECTS = $(FUZZED_FILES:%.c=tests/fuzz/objects/%.o)

tests/fuzz/objects/%.o: %.c
	@$(MKDIR_P) $(@D)
	$(AM_V_CC)$(FUZZ_CC) $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(AM_CFLAGS) -Wno-error $(FUZZ_CFLAGS) -MMD -c -o $@ $<
-include $(FUZZ_OBJECTS:.o=.d)
tests/fuzz/objects/libfuzzed.a: $(FUZZ_OBJECTS)
	$(AM_V_AR)rm -f $@ && $(AR) crs $@ $^
tests/fuzz/fuzz-%: tests/fuzz/objects/tests/fuzz/fuzz-%.o tests/fuzz/objects/libfuzzed.a
	$(AM_V_CCLD)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^ $(JANSSON_LIBS) $(GMIME_LIBS) $(POPPLER_LIBS) \
		$(LIBXML_LIBS) $(SECCOMP_LIBS) $(CONFUSE_LIBS)

.PHONY: fuzz $(FUZZERS:%=run-%)
fuzz: $(FUZZERS:%=run-%)
$(FUZZERS:%=run-%): run-%: tests/fuzz/%
	@$(MKDIR_P) tests/fuzz/corpus/$* tests/fuzz/findings
	tests/fuzz/$* $(FUZZ_OPTIONS) -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=tests/fuzz/findings/$*- \
		tests/fuzz/corpus/$* $($(subst -,_,$*)_seeds)
clean-local: clean-fuzz
clean-fuzz:
	rm -rf tests/fuzz/objects tests/fuzz/corpus $(FUZZERS:%=tests/fuzz/%)

EXTRA_DIST += tests/fuzz/fuzz-reading.c tests/fuzz/fuzz-reading-json.c
EXTRA_DIST += tests/fuzz/seeds/reading-json/reply.json tests/fuzz/seeds/reading-json/report.json \
	tests/fuzz/seeds/reading-json/document.json
EXTRA_DIST += tests/fuzz/fuzz-document-layout.c tests/fuzz/seeds/document-layout/acme.layout
EXTRA_DIST += tests/fuzz/fuzz-document-xml.c tests/fuzz/fuzz-document-pdf.c tests/fuzz/fuzz-document-text.c \
	tests/fuzz/seeds/document-xml/cii.xml tests/fuzz/seeds/document-xml/ubl.xml \
	tests/fuzz/seeds/document-text/invoice.txt tests/fuzz/seeds/document-text/invoice.html \
	tests/fuzz/seeds/document-text/invoice-en.txt tests/fuzz/seeds/document-pdf/names.pdf \
	tests/fuzz/seeds/document-pdf/af.pdf tests/fuzz/seeds/document-pdf/annotation.pdf \
	tests/fuzz/seeds/document-pdf/locked.pdf tests/fuzz/seeds/document-pdf/printable.pdf
EXTRA_DIST += tests/fuzz/fuzz-mail-message.c tests/fuzz/fuzz-mail-cut.c tests/fuzz/fuzz-mail-delivery.c \
	tests/fuzz/seeds/mail-message/mixed.eml tests/fuzz/seeds/mail-message/report.eml \
	tests/fuzz/seeds/mail-message/packed.eml tests/fuzz/seeds/mail-message/coloured.eml tests/fuzz/seeds/mail-cut/groupwise.txt \
	tests/fuzz/seeds/mail-cut/plain.txt tests/fuzz/seeds/mail-cut/outlook.txt tests/fuzz/seeds/mail-cut/outlook.html \
	tests/fuzz/seeds/mail-cut/gmail.html tests/fuzz/seeds/mail-delivery/qmail.txt \
	tests/fuzz/seeds/mail-delivery/delayed.txt tests/fuzz/seeds/mail-delivery/receipt.txt \
	tests/fuzz/seeds/mail-delivery/notice.json
