# relance(1)
bin_PROGRAMS += relance
relance_SOURCES = \
	src/relance/backup.c src/relance/bank.c \
	src/relance/case.c \
	src/relance/clock.c \
	src/relance/command.h src/relance/commands.c \
	src/relance/completion.c \
	src/relance/doctor.c src/relance/doctor.h \
	src/relance/doctor_postfix.c \
	src/relance/doctor_sendmail.c \
	src/relance/dues.c \
	src/relance/entry.c \
	src/relance/explain.c \
	src/relance/findings.c src/relance/findings.h \
	src/relance/help.c \
	src/relance/hold.c \
	src/relance/import.c src/relance/import.h \
	src/relance/import_customers.c \
	src/relance/import_invoices.c \
	src/relance/import_mail.c \
	src/relance/import_table.c src/relance/import_table.h \
	src/relance/init.c \
	src/relance/learn.c src/relance/learn.h src/relance/learn_examples.c src/relance/learn_files.c \
	src/relance/learn_trial.c src/relance/learn_words.c \
	src/relance/digest.c \
	src/relance/letter.c \
	src/relance/picture.c src/relance/picture.h \
	src/relance/post.c \
	src/relance/mail_files.c src/relance/mail_files.h \
	src/relance/main.c \
	src/relance/message.c \
	src/relance/metrics.c \
	src/relance/options.c src/relance/options.h \
	src/relance/party.c src/relance/plan.c src/relance/preview.c \
	src/relance/read.c \
	src/relance/reading_source.c src/relance/reading_source.h \
	src/relance/reading_text.c \
	src/relance/reports.c \
	src/relance/retry.c \
	src/relance/sending.c \
	src/relance/session.c src/relance/session.h \
	src/relance/status.c \
	src/relance/store_commands.c \
	src/relance/task.c \
	src/relance/teach.c src/relance/teach.h \
	src/relance/teach_layouts.c \
	src/relance/teach_lesson.c \
	src/relance/teach_try.c \
	src/relance/undo.c
relance_LDADD = libreport.a libhost.a $(BOOKS_LIBS) $(PANGO_LIBS)

# Completion for the shells, made by the program itself (a cross build has none).
if !CROSS_COMPILING
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
bashcompletion_DATA = completion/relance
zshcompletion_DATA = completion/_relance
fishcompletion_DATA = completion/relance.fish
CLEANFILES += $(bashcompletion_DATA) $(zshcompletion_DATA) $(fishcompletion_DATA)
completion/relance: relance$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && ./relance$(EXEEXT) completion bash >$@.part && mv $@.part $@
completion/_relance: relance$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && ./relance$(EXEEXT) completion zsh >$@.part && mv $@.part $@
completion/relance.fish: relance$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completion && ./relance$(EXEEXT) completion fish >$@.part && mv $@.part $@
endif
