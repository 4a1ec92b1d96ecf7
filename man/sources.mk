# what man/ ships
dist_man_MANS += \
	man/relance.1 \
	man/relance.conf.5 man/relance-layout.5 \
	man/relanced.8
