# what conf/ ships

# The words and rules of the reader, one file a language; read from $(pkgdatadir)/lexicon.
lexicon_files = \
	conf/lexicon/README \
	conf/lexicon/common.lexicon \
	conf/lexicon/en.lexicon \
	conf/lexicon/fr.lexicon
lexicondir = $(pkgdatadir)/lexicon
dist_lexicon_DATA = $(lexicon_files)
