# what contrib/ ships
EXTRA_DIST += contrib/setup
# the demonstration: sh contrib/setup demo (the invoices come from tests/data/invoices/make-invoices demo)
EXTRA_DIST += \
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
