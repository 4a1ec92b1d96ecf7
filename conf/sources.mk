# what conf/ ships

# The words and rules of the reader, one file a language; read from $(pkgdatadir)/lexicon.
lexicon_files = \
	conf/lexicon/README \
	conf/lexicon/common.lexicon \
	conf/lexicon/de.lexicon \
	conf/lexicon/en.lexicon \
	conf/lexicon/es.lexicon \
	conf/lexicon/fr.lexicon \
	conf/lexicon/it.lexicon \
	conf/lexicon/nl.lexicon \
	conf/lexicon/replies.model
lexicondir = $(pkgdatadir)/lexicon
dist_lexicon_DATA = $(lexicon_files)
# the words of reminders, by language
templatesdir = $(pkgdatadir)/templates
dist_templates_DATA = conf/templates/layout.html
templates_endir = $(templatesdir)/en
dist_templates_en_DATA = \
	conf/templates/en/first-reminder.subject \
	conf/templates/en/first-reminder.txt \
	conf/templates/en/second-reminder.subject \
	conf/templates/en/second-reminder.txt \
	conf/templates/en/table.html \
	conf/templates/en/table.txt
templates_frdir = $(templatesdir)/fr
dist_templates_fr_DATA = \
	conf/templates/fr/first-reminder.subject \
	conf/templates/fr/first-reminder.txt \
	conf/templates/fr/second-reminder.subject \
	conf/templates/fr/second-reminder.txt \
	conf/templates/fr/table.html \
	conf/templates/fr/table.txt
dist_pkgdata_DATA = conf/rates.tsv
# the shortest configuration, to start from
dist_doc_DATA = conf/relance.conf
