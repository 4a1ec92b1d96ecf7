# what conf/ ships

# The words and rules of the reader, one file a language; read from $(pkgdatadir)/lexicon.
lexicon_files = \
	conf/lexicon/README \
	conf/lexicon/bank-de.lexicon \
	conf/lexicon/bank-en.lexicon \
	conf/lexicon/bank-es.lexicon \
	conf/lexicon/bank-fr.lexicon \
	conf/lexicon/bank-it.lexicon \
	conf/lexicon/bank-nl.lexicon \
	conf/lexicon/common.lexicon \
	conf/lexicon/de.lexicon \
	conf/lexicon/en.lexicon \
	conf/lexicon/es.lexicon \
	conf/lexicon/fr.lexicon \
	conf/lexicon/it.lexicon \
	conf/lexicon/nl.lexicon \
	conf/lexicon/replies.model \
	conf/lexicon/sample.jsonl
lexicondir = $(pkgdatadir)/lexicon
dist_lexicon_DATA = $(lexicon_files)
# the words of reminders, by language
templatesdir = $(pkgdatadir)/templates
dist_templates_DATA = conf/templates/layout.html
templates_dedir = $(templatesdir)/de
dist_templates_de_DATA = \
	conf/templates/de/broken.subject \
	conf/templates/de/broken.txt \
	conf/templates/de/copy.subject \
	conf/templates/de/copy.txt \
	conf/templates/de/courtesy.subject \
	conf/templates/de/courtesy.txt \
	conf/templates/de/answer.txt \
	conf/templates/de/digest.html \
	conf/templates/de/digest.subject \
	conf/templates/de/digest.txt \
	conf/templates/de/firm-reminder.subject \
	conf/templates/de/firm-reminder.txt \
	conf/templates/de/first-reminder.subject \
	conf/templates/de/first-reminder.txt \
	conf/templates/de/formal-notice.subject \
	conf/templates/de/formal-notice.txt \
	conf/templates/de/instalment.subject \
	conf/templates/de/instalment.txt \
	conf/templates/de/second-reminder.subject \
	conf/templates/de/second-reminder.txt \
	conf/templates/de/thanks.subject \
	conf/templates/de/thanks.txt \
	conf/templates/de/warning.subject \
	conf/templates/de/warning.txt \
	conf/templates/de/decompte.letter \
	conf/templates/de/table.html \
	conf/templates/de/table.letter \
	conf/templates/de/table.txt
templates_endir = $(templatesdir)/en
dist_templates_en_DATA = \
	conf/templates/en/broken.subject \
	conf/templates/en/broken.txt \
	conf/templates/en/copy.subject \
	conf/templates/en/copy.txt \
	conf/templates/en/courtesy.subject \
	conf/templates/en/courtesy.txt \
	conf/templates/en/answer.txt \
	conf/templates/en/digest.html \
	conf/templates/en/digest.subject \
	conf/templates/en/digest.txt \
	conf/templates/en/firm-reminder.subject \
	conf/templates/en/firm-reminder.txt \
	conf/templates/en/first-reminder.subject \
	conf/templates/en/first-reminder.txt \
	conf/templates/en/formal-notice.subject \
	conf/templates/en/formal-notice.txt \
	conf/templates/en/instalment.subject \
	conf/templates/en/instalment.txt \
	conf/templates/en/second-reminder.subject \
	conf/templates/en/second-reminder.txt \
	conf/templates/en/thanks.subject \
	conf/templates/en/thanks.txt \
	conf/templates/en/warning.subject \
	conf/templates/en/warning.txt \
	conf/templates/en/decompte.letter \
	conf/templates/en/table.html \
	conf/templates/en/table.letter \
	conf/templates/en/table.txt
templates_esdir = $(templatesdir)/es
dist_templates_es_DATA = \
	conf/templates/es/broken.subject \
	conf/templates/es/broken.txt \
	conf/templates/es/copy.subject \
	conf/templates/es/copy.txt \
	conf/templates/es/courtesy.subject \
	conf/templates/es/courtesy.txt \
	conf/templates/es/answer.txt \
	conf/templates/es/digest.html \
	conf/templates/es/digest.subject \
	conf/templates/es/digest.txt \
	conf/templates/es/firm-reminder.subject \
	conf/templates/es/firm-reminder.txt \
	conf/templates/es/first-reminder.subject \
	conf/templates/es/first-reminder.txt \
	conf/templates/es/formal-notice.subject \
	conf/templates/es/formal-notice.txt \
	conf/templates/es/instalment.subject \
	conf/templates/es/instalment.txt \
	conf/templates/es/second-reminder.subject \
	conf/templates/es/second-reminder.txt \
	conf/templates/es/thanks.subject \
	conf/templates/es/thanks.txt \
	conf/templates/es/warning.subject \
	conf/templates/es/warning.txt \
	conf/templates/es/decompte.letter \
	conf/templates/es/table.html \
	conf/templates/es/table.letter \
	conf/templates/es/table.txt
templates_frdir = $(templatesdir)/fr
dist_templates_fr_DATA = \
	conf/templates/fr/broken.subject \
	conf/templates/fr/broken.txt \
	conf/templates/fr/copy.subject \
	conf/templates/fr/copy.txt \
	conf/templates/fr/courtesy.subject \
	conf/templates/fr/courtesy.txt \
	conf/templates/fr/answer.txt \
	conf/templates/fr/digest.html \
	conf/templates/fr/digest.subject \
	conf/templates/fr/digest.txt \
	conf/templates/fr/firm-reminder.subject \
	conf/templates/fr/firm-reminder.txt \
	conf/templates/fr/first-reminder.subject \
	conf/templates/fr/first-reminder.txt \
	conf/templates/fr/formal-notice.subject \
	conf/templates/fr/formal-notice.txt \
	conf/templates/fr/instalment.subject \
	conf/templates/fr/instalment.txt \
	conf/templates/fr/second-reminder.subject \
	conf/templates/fr/second-reminder.txt \
	conf/templates/fr/thanks.subject \
	conf/templates/fr/thanks.txt \
	conf/templates/fr/warning.subject \
	conf/templates/fr/warning.txt \
	conf/templates/fr/decompte.letter \
	conf/templates/fr/table.html \
	conf/templates/fr/table.letter \
	conf/templates/fr/table.txt
templates_itdir = $(templatesdir)/it
dist_templates_it_DATA = \
	conf/templates/it/broken.subject \
	conf/templates/it/broken.txt \
	conf/templates/it/copy.subject \
	conf/templates/it/copy.txt \
	conf/templates/it/courtesy.subject \
	conf/templates/it/courtesy.txt \
	conf/templates/it/answer.txt \
	conf/templates/it/digest.html \
	conf/templates/it/digest.subject \
	conf/templates/it/digest.txt \
	conf/templates/it/firm-reminder.subject \
	conf/templates/it/firm-reminder.txt \
	conf/templates/it/first-reminder.subject \
	conf/templates/it/first-reminder.txt \
	conf/templates/it/formal-notice.subject \
	conf/templates/it/formal-notice.txt \
	conf/templates/it/instalment.subject \
	conf/templates/it/instalment.txt \
	conf/templates/it/second-reminder.subject \
	conf/templates/it/second-reminder.txt \
	conf/templates/it/thanks.subject \
	conf/templates/it/thanks.txt \
	conf/templates/it/warning.subject \
	conf/templates/it/warning.txt \
	conf/templates/it/decompte.letter \
	conf/templates/it/table.html \
	conf/templates/it/table.letter \
	conf/templates/it/table.txt
templates_nldir = $(templatesdir)/nl
dist_templates_nl_DATA = \
	conf/templates/nl/broken.subject \
	conf/templates/nl/broken.txt \
	conf/templates/nl/copy.subject \
	conf/templates/nl/copy.txt \
	conf/templates/nl/courtesy.subject \
	conf/templates/nl/courtesy.txt \
	conf/templates/nl/answer.txt \
	conf/templates/nl/digest.html \
	conf/templates/nl/digest.subject \
	conf/templates/nl/digest.txt \
	conf/templates/nl/firm-reminder.subject \
	conf/templates/nl/firm-reminder.txt \
	conf/templates/nl/first-reminder.subject \
	conf/templates/nl/first-reminder.txt \
	conf/templates/nl/formal-notice.subject \
	conf/templates/nl/formal-notice.txt \
	conf/templates/nl/instalment.subject \
	conf/templates/nl/instalment.txt \
	conf/templates/nl/second-reminder.subject \
	conf/templates/nl/second-reminder.txt \
	conf/templates/nl/thanks.subject \
	conf/templates/nl/thanks.txt \
	conf/templates/nl/warning.subject \
	conf/templates/nl/warning.txt \
	conf/templates/nl/decompte.letter \
	conf/templates/nl/table.html \
	conf/templates/nl/table.letter \
	conf/templates/nl/table.txt
dist_pkgdata_DATA = conf/rates.tsv
# a configuration to start from, and what there is to read
dist_doc_DATA = README.md NEWS conf/relance.conf
# the folder of the configuration, and no configuration: an upgrade touches none
install-data-hook:
	@$(MKDIR_P) "$(DESTDIR)$(sysconfdir)/relance"
uninstall-hook:
	@rmdir "$(DESTDIR)$(sysconfdir)/relance" 2>/dev/null || :
