"""Invented invoices of unusual designs, several of each: what differs between the invoices of one company."""
import datetime

from pdf_writer import Page

DAY = datetime.date
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()


def money(cents, thousands, mark):
    minus, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, groups = str(cents // 100), []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return "%s%s%s%02d" % (minus, thousands.join(groups), mark, cents % 100)


def fr(cents):
    return money(cents, "\xa0", ",") + " €"


def de(cents):
    return money(cents, ".", ",")


def en(cents):
    return money(cents, ",", ".")


def swiss(cents):
    return money(cents, "'", ".")


def named(language, date, form="%d %s %d"):
    return form % (date.day, MONTHS[language][date.month - 1], date.year)


def french(date):
    return ("1er" if date.day == 1 else str(date.day)) + " %s %d" % (MONTHS["fr"][date.month - 1], date.year)


class Case:
    """One invoice: its facts, and what is to be read."""

    def __init__(self, number, issue, due, buyer, lines, paid=0, rate=2000, withheld=0, credit=False, currency="EUR"):
        self.number, self.issue, self.due, self.buyer, self.lines = number, issue, due, buyer, lines
        self.paid, self.rate, self.credit, self.currency = paid, rate, credit, currency
        self.net = sum(price for _, price in lines)
        self.tax = (self.net * rate + 5000) // 10000
        self.total = self.net + self.tax
        self.withheld = (self.net * withheld + 5000) // 10000
        self.payable = self.total - paid - self.withheld


class Sheet:
    """Pages that follow each other."""

    def __init__(self, head=None):
        self.head, self.pages, self.y = head, [], 0
        self.turn()

    def turn(self):
        self.pages.append(Page())
        self.y = self.head(self.page, len(self.pages)) if self.head else 60

    @property
    def page(self):
        return self.pages[-1]

    def row(self, *cells, step=15, size=9):
        """Each cell is (x, text) or (x, text, align) or (x, text, align, size, bold)."""
        for cell in cells:
            x, text, align, its_size, bold = (tuple(cell) + ("left", size, False)[len(cell) - 2:])[:5]
            self.page.text(x, self.y, text, its_size, bold, align)
        self.y += step

    def room(self, height):
        if self.y + height > 790:
            self.turn()
            return False
        return True


GOODS = {
    "fr": ("Table en chêne", "Pose et réglage", "Livraison", "Chaise paillée", "Vernis mat"),
    "de": ("Eichentisch", "Arbeitszeit Werkstatt", "Lieferung", "Stuhl mit Geflecht", "Lack matt"),
    "en": ("Oak table", "Workshop hours", "Delivery", "Rush chair", "Matt varnish"),
    "es": ("Mesa de roble", "Horas de taller", "Transporte", "Silla de enea", "Barniz mate"),
    "it": ("Tavolo in rovere", "Ore di laboratorio", "Trasporto", "Sedia impagliata", "Vernice opaca"),
    "nl": ("Eiken tafel", "Werkplaatsuren", "Bezorging", "Biezen stoel", "Matte lak"),
}
BUYERS = {
    "fr": ("Atelier Nord", "Société Nouvelle des Établissements Guérin et Fils", "Mairie de Port-Blanc", "Hôtel Beaurivage"),
    "de": ("Gasthof Zur Linde", "Gemeinnützige Wohnungsbaugenossenschaft Oberbayern eG", "Stadt Neuburg", "Café Kranz"),
    "en": ("Harbour Books", "The Worshipful Company of Basket Weavers", "Elm Street School", "Jo's Diner"),
    "es": ("Bodegas Luna", "Asociación de Vecinos del Barrio de Santa Cruz", "Hotel Miramar", "Librería Sol"),
    "it": ("Albergo Bellavista", "Cooperativa Sociale La Quercia a r.l.", "Comune di Montefiore", "Bar Centrale"),
    "nl": ("Hotel De Brug", "Vereniging van Eigenaars Flatgebouw Zonnehof", "Gemeente Veldhoven", "Café Het Anker"),
}
STREETS = {"fr": ("12 rue du Port", "29200 Brest"), "de": ("Am Markt 4", "86633 Neuburg"), "en": ("7 Mill Lane", "Leeds LS1 4AB"),
           "es": ("Calle Mayor 8", "28013 Madrid"), "it": ("Via Roma 21", "50123 Firenze"), "nl": ("Kerkstraat 9", "5611 AB Eindhoven")}


def cases(language, form, rate, withheld=0, currency="EUR"):
    """Four invoices: usual; many lines and a long name; one partly paid; small, at another time of the year."""
    goods, buyers = GOODS[language], BUYERS[language]
    many = [("%s, lot %d" % (goods[i % 5], i + 1), 4310 + 1237 * i) for i in range(44)]
    return [
        Case(form % 14, DAY(2026, 3, 1), DAY(2026, 3, 31), buyers[0], [(goods[0], 74000), (goods[2], 6500)], 0, rate, withheld, currency=currency),
        Case(form % 118, DAY(2026, 5, 12), DAY(2026, 6, 30), buyers[1], many, 0, rate, withheld, currency=currency),
        Case(form % 7, DAY(2026, 10, 1), DAY(2026, 11, 15), buyers[2],
             [(goods[1], 128750), (goods[3], 33390), (goods[4], 1999)], 50000 if not withheld else 0, rate, withheld, currency=currency),
        Case(form % 1204, DAY(2026, 12, 24), DAY(2027, 1, 8), buyers[3], [(goods[4], 990)], 0, rate, withheld, currency=currency),
    ]


# ---- French

def fr_two_columns(case):
    """Totals in two columns, the net larger than what is to be paid, the due date in a sentence."""
    def head(page, number):
        page.text(50, 50, "Menuiserie Le Goff", 16, True)
        page.text(50, 64, "3 quai des Pins, 29200 Brest - TVA FR19812345676", 7)
        page.text(545, 50, "page %d" % number, 7, align="right")
        return 110
    sheet = Sheet(head)
    sheet.row((330, case.buyer), step=12)
    sheet.row((330, STREETS["fr"][0]), step=12)
    sheet.row((330, STREETS["fr"][1]), step=40)
    sheet.row((50, "FACTURE %s établie le %s" % (case.number, french(case.issue)), "left", 12, True), step=30)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, fr(price), "right"))
    sheet.room(120)
    sheet.y += 20
    sheet.row((50, "Base HT"), (200, fr(case.net), "right"), (300, "TOTAL HT", "left", 14, True), (545, fr(case.net), "right", 14, True), step=20)
    sheet.row((50, "TVA 20 %"), (200, fr(case.tax), "right"), (300, "Total TTC"), (545, fr(case.total), "right"))
    if case.paid:
        sheet.row((50, "Acompte"), (200, fr(case.paid), "right"), (300, "Déjà réglé"), (545, fr(-case.paid), "right"))
    sheet.row((300, "NET À PAYER", "left", 9, True), (545, fr(case.payable), "right", 9, True), step=30)
    sheet.row((50, "Payable au plus tard le %s par virement, IBAN FR09 3000 3012 3400 0123 4567 896." % french(case.due)), step=14)
    sheet.row((50, "Pénalités : 3 fois le taux légal ; indemnité forfaitaire de recouvrement : 40,00 €."), step=14)
    return sheet.pages


def fr_own_words(case):
    """Words that nobody else uses."""
    sheet = Sheet()
    sheet.row((50, "L'Échoppe", "left", 20, True), step=14)
    sheet.row((50, "atelier@echoppe.example - TVA FR19812345676"), step=40)
    sheet.row((50, "Notre pli %s du %s" % (case.number, french(case.issue)), "left", 11, True), (340, "pour"), step=14)
    sheet.row((340, case.buyer), step=12)
    sheet.row((340, STREETS["fr"][0]), step=12)
    sheet.row((340, STREETS["fr"][1]), step=40)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, fr(price), "right"))
    sheet.room(120)
    sheet.row((350, "avant l'État"), (545, fr(case.net), "right"))
    sheet.row((350, "pour l'État"), (545, fr(case.tax), "right"))
    sheet.row((350, "tout compris"), (545, fr(case.total), "right"))
    if case.paid:
        sheet.row((350, "vous avez donné"), (545, fr(case.paid), "right"))
    sheet.row((350, "à nous verser"), (545, fr(case.payable), "right", 11, True), step=30)
    sheet.row((50, "Nous comptons sur vous pour le %s." % case.due.strftime("%d/%m/%Y")))
    return sheet.pages


def fr_summary_first(case):
    """A table of VAT with a row of sums, the amount in words, the left to pay in a box."""
    sheet = Sheet()
    sheet.row((50, "SARL Ker Verre", "left", 13, True), (545, "Facture", "right", 18), step=14)
    sheet.row((50, "SIRET 812 345 676 00017 - contact@kerverre.example"), step=40)
    for x, key, value in ((50, "Numéro", case.number), (190, "Émise le", case.issue.strftime("%d.%m.%Y")), (330, "Échéance", case.due.strftime("%d.%m.%Y"))):
        sheet.page.text(x, sheet.y, key, 7, gray=0.4)
        sheet.page.text(x, sheet.y + 12, value, 10, True)
    sheet.y += 40
    sheet.row((50, "Client :"), (110, case.buyer), step=30)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, fr(price), "right"))
    sheet.room(160)
    sheet.y += 20
    sheet.row((50, "Taux"), (200, "Base", "right"), (320, "Taxe", "right"), (440, "Toutes taxes", "right"))
    half = case.net // 2
    tax = (half * case.rate + 5000) // 10000
    sheet.row((50, "20 %"), (200, fr(half), "right"), (320, fr(tax), "right"), (440, fr(half + tax), "right"))
    sheet.row((50, "20 % b"), (200, fr(case.net - half), "right"), (320, fr(case.tax - tax), "right"), (440, fr(case.total - half - tax), "right"))
    sheet.row((50, "Ensemble"), (200, fr(case.net), "right"), (320, fr(case.tax), "right"), (440, fr(case.total), "right"), step=30)
    if case.paid:
        sheet.row((350, "Acompte reçu le 12/02/2026"), (545, fr(case.paid), "right"))
    sheet.page.box(340, sheet.y - 14, 210, 22)
    sheet.row((350, "Reste dû", "left", 11, True), (545, fr(case.payable), "right", 11, True), step=30)
    sheet.row((50, "Arrêtée la présente facture à la somme en toutes lettres ci-jointe."))
    return sheet.pages


# ---- German

def de_labels_above(case):
    """Labels above their values in two columns, a carried-over sum on each page, the sum on the last one."""
    carried = [0]

    def head(page, number):
        page.text(50, 50, "Schreinerei Eichinger", 14, True)
        page.text(50, 63, "USt-IdNr. DE123456788 · eichinger@schreinerei.example", 7)
        page.text(545, 50, "Blatt %d" % number, 7, align="right")
        if number > 1:
            page.text(350, 95, "Übertrag")
            page.text(545, 95, de(carried[0]), align="right")
        return 110
    sheet = Sheet(head)
    for x, key, value in ((50, "Rechnung", case.number), (200, "vom", case.issue.strftime("%d.%m.%Y")), (330, "zahlbar bis", case.due.strftime("%d.%m.%Y"))):
        sheet.page.text(x, sheet.y, key, 7)
        sheet.page.text(x, sheet.y + 11, value, 10, True)
    sheet.y += 40
    for text in (case.buyer,) + STREETS["de"]:
        sheet.row((50, text), step=12)
    sheet.y += 20
    for text, price in case.lines:
        if sheet.y > 740:
            sheet.row((350, "Zwischensumme"), (545, de(carried[0]), "right"))
            sheet.turn()
        sheet.row((50, text), (545, de(price), "right"))
        carried[0] += price
    sheet.room(100)
    sheet.row((350, "Summe netto"), (545, de(case.net), "right"))
    sheet.row((350, "zzgl. 19 % USt"), (545, de(case.tax), "right"))
    if case.paid:
        sheet.row((350, "Summe brutto"), (545, de(case.total), "right"))
        sheet.row((350, "abzgl. Anzahlung"), (545, de(-case.paid), "right"))
    sheet.row((350, "Endsumme EUR", "left", 11, True), (545, de(case.payable), "right", 11, True))
    return sheet.pages


def de_row(case):
    """Everything in one row at the foot, number and date in one line of the head; roman months."""
    day = lambda date: "%02d.%s.%d" % (date.day, ROMAN[date.month - 1], date.year)
    sheet = Sheet()
    sheet.row((545, "Druckhaus Adler, Neuburg", "right", 12, True), step=14)
    sheet.row((545, "Steuernummer 151/815/08156 · DE123456788", "right", 7), step=50)
    sheet.row((50, case.buyer), step=12)
    sheet.row((50, STREETS["de"][0]), step=12)
    sheet.row((50, STREETS["de"][1]), step=50)
    sheet.row((50, "RECHNUNG Nr. %s / %s" % (case.number, case.issue.strftime("%d.%m.%Y")), "left", 12, True), step=30)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, de(price), "right"))
    sheet.room(100)
    sheet.y += 20
    heads = [("Warenwert", case.net), ("MwSt 19%", case.tax), ("Rechnungsbetrag", case.total)]
    if case.paid:
        heads += [("Anzahlung", case.paid)]
    heads += [("Zahlbetrag", case.payable)]
    for column, (key, value) in enumerate(heads):
        sheet.page.text(130 + 100 * column, sheet.y, key, 7, align="right")
        sheet.page.text(130 + 100 * column, sheet.y + 12, de(value), 9, True, "right")
    sheet.y += 40
    sheet.row((50, "Fällig: %s, sonst Verzugszinsen." % case.due.strftime("%d.%m.%Y")))
    sheet.row((50, "Druckdatum %s" % day(case.issue), "left", 6))
    return sheet.pages


# ---- English

def us_style(case):
    """Month before day, two digits of the year, a coupon to send back."""
    day = lambda date: "%d/%d/%02d" % (date.month, date.day, date.year % 100)
    sheet = Sheet()
    sheet.row((50, "Pine & Sons Woodworks", "left", 16, True), (545, "INVOICE", "right", 22), step=14)
    sheet.row((50, "billing@pineandsons.example"), step=40)
    for key, value in (("Invoice #", case.number), ("Date", day(case.issue)), ("Due", day(case.due))):
        sheet.row((400, key), (545, value, "right"))
    sheet.row((50, "Sold To"), step=12)
    for text in (case.buyer, "410 Elm Street", "Springfield, IL 62704"):
        sheet.row((50, text), step=12)
    sheet.y += 20
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, "$" + en(price), "right"))
    sheet.room(220)
    sheet.row((400, "Subtotal"), (545, "$" + en(case.net), "right"))
    sheet.row((400, "Sales Tax"), (545, "$" + en(case.tax), "right"))
    sheet.row((400, "Total"), (545, "$" + en(case.total), "right"))
    if case.paid:
        sheet.row((400, "Payments"), (545, "-$" + en(case.paid), "right"))
    sheet.row((400, "Balance Due", "left", 11, True), (545, "$" + en(case.payable), "right", 11, True), step=50)
    sheet.row((50, "Please detach and return with your check"), step=20)
    sheet.row((50, "Account"), (150, case.buyer), (400, "Amount enclosed $ ________"))
    return sheet.pages


def uk_two_currencies(case):
    """The sums in two currencies beside each other."""
    sheet = Sheet()
    sheet.row((50, "Northern Looms Ltd", "left", 14, True), step=14)
    sheet.row((50, "VAT Reg GB123456789 - accounts@looms.example"), step=40)
    sheet.row((50, "Tax Invoice"), (200, case.number), step=14)
    sheet.row((50, "Tax point"), (200, named("en", case.issue)), step=14)
    sheet.row((50, "Pay by"), (200, named("en", case.due)), step=14)
    sheet.row((50, "To"), (200, case.buyer), step=40)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, en(price), "right"))
    sheet.room(120)
    sheet.row((430, "GBP", "right"), (545, "for information: EUR", "right", 7))
    for key, value in (("Goods", case.net), ("VAT at 20%", case.tax), ("Invoice total", case.total)):
        sheet.row((250, key), (430, en(value), "right"), (545, en(value * 117 // 100), "right", 7))
    if case.paid:
        sheet.row((250, "Less deposit"), (430, en(case.paid), "right"), (545, en(case.paid * 117 // 100), "right", 7))
    sheet.row((250, "Now due", "left", 10, True), (430, "£" + en(case.payable), "right", 10, True))
    return sheet.pages


# ---- Spanish, Italian, Dutch

def es_withheld(case):
    """A freelancer: tax is withheld from what is to be paid."""
    sheet = Sheet()
    sheet.row((50, "Lucía Romero, restauradora", "left", 13, True), step=14)
    sheet.row((50, "NIF 12345678Z - lucia@romero.example"), step=40)
    sheet.row((50, "Factura núm."), (140, case.number), (420, "Fecha"), (480, case.issue.strftime("%d/%m/%Y")), step=14)
    sheet.row((50, "Cliente"), (140, case.buyer), (420, "Vence"), (480, case.due.strftime("%d/%m/%Y")), step=40)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, de(price), "right"))
    sheet.room(100)
    sheet.row((350, "Base"), (545, de(case.net), "right"))
    sheet.row((350, "+ 21 % IVA"), (545, de(case.tax), "right"))
    sheet.row((350, "Total factura"), (545, de(case.total) + " €", "right"))
    sheet.row((350, "- 15 % IRPF"), (545, de(-case.withheld), "right"))
    sheet.row((350, "Líquido a percibir", "left", 10, True), (545, de(case.payable) + " €", "right", 10, True))
    return sheet.pages


def it_boxes(case):
    """Boxes with their labels above, sums at the foot of the last page."""
    sheet = Sheet()
    sheet.row((50, "Bottega Rossi s.n.c.", "left", 13, True), step=14)
    sheet.row((50, "P.IVA 01234567897 - bottega@rossi.example"), step=30)
    sheet.row((340, "Spett.le"), step=12)
    for text in (case.buyer,) + STREETS["it"]:
        sheet.row((340, text), step=12)
    sheet.y += 20
    for x, key, value in ((50, "Tipo documento", "FATTURA"), (170, "Numero", case.number), (290, "Data", case.issue.strftime("%d/%m/%Y")), (410, "Scadenza", case.due.strftime("%d/%m/%Y"))):
        sheet.page.text(x, sheet.y, key, 6)
        sheet.page.text(x, sheet.y + 11, value, 10, True)
    sheet.y += 40
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, de(price), "right"))
    sheet.room(100)
    sheet.y = 720
    boxes = [(130, "Imponibile", case.net), (250, "IVA 22%", case.tax), (370, "Totale documento", case.total)]
    if case.paid:
        boxes.append((460, "Acconti", case.paid))
    boxes.append((545, "Netto a pagare", case.payable))
    for x, key, value in boxes:
        sheet.page.text(x, sheet.y, key, 6, align="right")
        sheet.page.text(x, sheet.y + 13, "€ " + de(value) if x == 545 else de(value), 9, True, "right")
    return sheet.pages


def nl_sentence(case):
    """A letter: number, date and amount stand in its sentences, too."""
    sheet = Sheet()
    sheet.row((50, "Drukkerij De Zwaan", "left", 14, True), step=14)
    sheet.row((50, "btw NL123456782B90 - info@dezwaan.example"), step=40)
    for text in (case.buyer,) + STREETS["nl"]:
        sheet.row((50, text), step=12)
    sheet.y += 20
    sheet.row((50, "Eindhoven, %s" % named("nl", case.issue)), step=20)
    sheet.row((50, "Betreft: factuur %s" % case.number, "left", 11, True), step=24)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, "€ " + de(price), "right"))
    sheet.room(120)
    sheet.row((350, "Exclusief btw"), (545, "€ " + de(case.net), "right"))
    sheet.row((350, "Btw 21%"), (545, "€ " + de(case.tax), "right"))
    sheet.row((350, "Inclusief btw"), (545, "€ " + de(case.total), "right"))
    if case.paid:
        sheet.row((350, "Aanbetaling"), (545, "€ " + de(-case.paid), "right"))
        sheet.row((350, "Nog te voldoen"), (545, "€ " + de(case.payable), "right"))
    sheet.y += 20
    sheet.row((50, "Gaarne € %s voldoen vóór %s op NL91 ABNA 0417 1643 00." % (de(case.payable), named("nl", case.due))))
    return sheet.pages


def swiss_francs(case):
    """Francs with apostrophes, a payment part at the foot."""
    sheet = Sheet()
    sheet.row((50, "Seiler Metallbau AG", "left", 14, True), step=14)
    sheet.row((50, "CHE-123.456.788 MWST · info@seiler.example"), step=40)
    sheet.row((350, case.buyer), step=40)
    sheet.row((50, "Rechnung %s" % case.number, "left", 13, True), (545, "Zürich, %s" % named("de", case.issue, "%d. %s %d"), "right"), step=30)
    for text, price in case.lines:
        sheet.room(30)
        sheet.row((50, text), (545, swiss(price), "right"))
    sheet.room(260)
    sheet.row((350, "Total exkl. MWST"), (545, swiss(case.net), "right"))
    sheet.row((350, "MWST 8.1%"), (545, swiss(case.tax), "right"))
    sheet.row((350, "Total inkl. MWST"), (545, swiss(case.total), "right"))
    if case.paid:
        sheet.row((350, "Akonto"), (545, swiss(-case.paid), "right"))
    sheet.row((350, "Total CHF", "left", 10, True), (545, swiss(case.payable), "right", 10, True), step=20)
    sheet.row((50, "Zahlbar bis %s" % case.due.strftime("%d.%m.%Y")), step=60)
    sheet.row((50, "Empfangsschein", "left", 8, True), (230, "Zahlteil", "left", 8, True), step=14)
    sheet.row((50, "Währung", "left", 6), (110, "Betrag", "left", 6), (230, "Währung", "left", 6), (290, "Betrag", "left", 6), step=10)
    sheet.row((50, "CHF"), (110, swiss(case.payable).replace("'", " ")), (230, "CHF"), (290, swiss(case.payable).replace("'", " ")))
    return sheet.pages


# ---- mails

def html_mail(case):
    rows = "".join("<tr><td>%s</td><td align=right>%s</td></tr>\n" % (text, de(price)) for text, price in case.lines)
    paid = "<tr><td>Bereits erhalten</td><td align=right>-%s €</td></tr>\n" % de(case.paid) if case.paid else ""
    return """<!doctype html><html><body><h2>Töpferei Lehmann</h2><p>USt-IdNr. DE123456788</p>
<p>Guten Tag, hier ist Ihre Rechnung, %s.</p>
<table><tr><td>Beleg</td><td>%s</td></tr><tr><td>Datum</td><td>%s</td></tr><tr><td>Ziel</td><td>%s</td></tr></table>
<table>%s<tr><td>Netto</td><td align=right>%s €</td></tr><tr><td>MwSt. 19 %%</td><td align=right>%s €</td></tr>
<tr><td>Brutto</td><td align=right>%s €</td></tr>%s<tr><td><b>Offen</b></td><td align=right><b>%s €</b></td></tr></table></body></html>
""" % (case.buyer, case.number, case.issue.strftime("%d.%m.%Y"), case.due.strftime("%d.%m.%Y"), rows, de(case.net), de(case.tax),
       de(case.total), paid, de(case.payable))


def text_mail(case):
    rows = "".join("%-46s %12s\n" % (text, en(price)) for text, price in case.lines)
    paid = "%-46s %12s\n" % ("Received on account", "-" + en(case.paid)) if case.paid else ""
    return """Bright Bulbs Ltd                      VAT GB123456789

Bill %s to %s
Dated %s, settle by %s

%s
%-46s %12s
%-46s %12s
%-46s %12s
%s%-46s GBP %s
""" % (case.number, case.buyer, case.issue.strftime("%d %b %Y"), case.due.strftime("%d %b %Y"), rows, "Before tax", en(case.net),
       "Value added tax", en(case.tax), "With tax", en(case.total), paid, "Still to come", en(case.payable))


# ---- credit notes, and what is no invoice

CREDIT = {"fr": ("Avoir n°", "du", "Total HT", "TVA 20 %", "Total TTC", "Sur facture"),
          "de": ("Gutschrift Nr.", "vom", "Netto", "MwSt. 19 %", "Gutschriftsbetrag", "Zu Rechnung"),
          "en": ("Credit note", "dated", "Net", "VAT 20%", "Total credit", "Against invoice"),
          "es": ("Nota de crédito n.º", "de fecha", "Base", "IVA 21 %", "Total", "Sobre la factura"),
          "it": ("Nota di credito n.", "del", "Imponibile", "IVA 22%", "Totale", "Rif. fattura"),
          "nl": ("Creditnota", "van", "Netto", "Btw 21%", "Totaal", "Bij factuur")}


def credit_note(language, minus):
    """Amounts with or without a minus; the invoice that is credited is named."""
    title, of, net, tax, total, about = CREDIT[language]
    sign = -1 if minus else 1

    def draw(case):
        sheet = Sheet()
        sheet.row((50, "Atelier Quatre Vents", "left", 13, True), step=14)
        sheet.row((50, "bureau@quatrevents.example - FR19812345676"), step=40)
        sheet.row((50, "%s %s" % (title, case.number), "left", 14, True), (350, "%s %s" % (of, case.issue.strftime("%d/%m/%Y"))), step=16)
        sheet.row((50, "%s : QV-0815" % about), (350, case.buyer), step=40)
        for text, price in case.lines:
            sheet.room(30)
            sheet.row((50, text), (545, de(sign * price), "right"))
        sheet.room(60)
        for key, value in ((net, case.net), (tax, case.tax), (total, case.total)):
            sheet.row((350, key), (545, de(sign * value) + " €", "right"))
        return sheet.pages
    return draw


SUMS = {  # what is to be paid, None for what is no invoice, and the lines of the page: "label|amount"; "!" before the title
    "fr-inst": ("2400.00", [
        "!Facture F-77", "Date : 01/02/2026", "Total HT|2 000,00 €", "TVA 20 %|400,00 €", "Total TTC|2 400,00 €",
        "Échéancier", "01/03/2026|800,00 €", "01/04/2026|800,00 €", "01/05/2026|800,00 €"]),
    "fr-acompte": ("900.00", [
        "!Facture d'acompte FA-3", "du 1er mars 2026", "Montant du marché HT|10 000,00 €", "Acompte 30 % HT|750,00 €",
        "TVA 20 %|150,00 €", "Net à payer|900,00 €"]),
    "fr-situation": ("5400.00", [
        "!Facture de situation n° 3", "Date : 28/02/2026", "Montant cumulé HT|12 000,00 €",
        "Situation précédente HT|7 500,00 €", "Montant HT de la situation|4 500,00 €", "TVA 20 %|900,00 €",
        "Montant TTC|5 400,00 €"]),
    "fr-retenue": ("11400.00", [
        "!Facture 2026-55", "Date : 28/02/2026", "Total HT|10 000,00 €", "TVA 20 %|2 000,00 €",
        "Total TTC|12 000,00 €", "Retenue de garantie 5 %|-600,00 €", "Net à payer|11 400,00 €"]),
    "fr-escompte": ("1200.00", [
        "!Facture 2026-56", "Date : 28/02/2026", "Total HT|1 000,00 €", "TVA 20 %|200,00 €", "Total TTC|1 200,00 €",
        "Escompte 2 % si paiement sous 8 jours : net 1 176,00 €", "Échéance : 30/03/2026"]),
    "fr-solde-ant": ("1200.00", [
        "!Facture 2026-57", "Date : 28/02/2026", "Ancien solde|300,00 €", "Total HT|1 000,00 €", "TVA 20 %|200,00 €",
        "Total TTC|1 200,00 €", "Total dû avec ancien solde|1 500,00 €"]),
    "de-skonto": ("1190.00", [
        "!Rechnung 2026-88", "Datum: 01.02.2026", "Nettobetrag|1.000,00", "19% MwSt|190,00",
        "Rechnungsbetrag EUR|1.190,00", "Bei Zahlung bis 10.02.2026 2% Skonto = 23,80, Zahlbetrag 1.166,20",
        "Zahlbar bis 03.03.2026 ohne Abzug"]),
    "de-schluss": ("595.00", [
        "!Schlussrechnung SR-9", "Datum: 01.02.2026", "Gesamtleistung netto|10.000,00", "19% USt|1.900,00",
        "Gesamtbetrag brutto|11.900,00", "abzgl. 1. Abschlagsrechnung|-5.950,00",
        "abzgl. 2. Abschlagsrechnung|-5.355,00", "Restbetrag EUR|595,00"]),
    "de-pfand": ("262.90", [
        "!Rechnung 7001", "Datum 01.02.2026", "Warenwert 19%|200,00", "Pfand|20,92", "Zwischensumme|220,92",
        "MwSt 19%|41,98", "Endbetrag €|262,90"]),
    "en-bal": ("1200.00", [  # the older debt is of earlier bills
        "!Invoice INV-9", "Invoice date: 1 Mar 2026", "Previous balance|$250.00", "New charges|$1,200.00",
        "Amount due|$1,450.00", "Due date: 31 Mar 2026"]),
    "en-disc": ("1080.00", [
        "!Invoice INV-10", "Date: 2026-03-01", "Subtotal|1,000.00", "Discount 10%|-100.00", "Net|900.00",
        "VAT 20%|180.00", "Total GBP|1,080.00", "If paid within 7 days deduct 5%: 1,026.00"]),
    "en-ret": ("3420.00", [
        "!Invoice 4411", "Date: 2026-03-01", "Work done to date|GBP 20,000.00",
        "Less previously certified|GBP 16,400.00", "This certificate|GBP 3,600.00", "Less retention 5%|GBP 180.00",
        "Amount payable|GBP 3,420.00"]),
    "es-sup": ("1331.00", [
        "!Factura 2026/31", "Fecha: 01/02/2026", "Base imponible|1.000,00 €", "IVA 21%|210,00 €", "Suplidos|121,00 €",
        "TOTAL A PAGAR|1.331,00 €"]),
    "it-bollo": ("1002.00", [
        "!Fattura n. 31", "Data: 01/02/2026", "Imponibile esente art. 10|1.000,00", "Bollo|2,00",
        "Totale documento EUR|1.002,00", "Netto a pagare|1.002,00"]),
    "it-split": ("1000.00", [
        "!Fattura n. 32", "Data: 01/02/2026", "Imponibile|€ 1.000,00", "IVA 22% (split payment)|€ 220,00",
        "Totale fattura|€ 1.220,00", "IVA a carico del cessionario|€ -220,00", "Netto a pagare|€ 1.000,00"]),
    "it-rit": ("1020.00", [
        "!Parcella n. 33", "Data: 01/02/2026", "Onorario|€ 1.000,00", "IVA 22%|€ 220,00", "Totale|€ 1.220,00",
        "Ritenuta d'acconto 20%|€ -200,00", "Netto|€ 1.020,00"]),
    "nl-gr": ("1000.00", [  # the blocked account is the seller's, too
        "!Factuur 2026-4", "Factuurdatum: 01-02-2026", "Totaal excl. btw|€ 826,45", "btw 21%|€ 173,55",
        "Totaal incl. btw|€ 1.000,00", "Waarvan op G-rekening|€ 500,00", "Te betalen|€ 500,00"]),
    "fr-words": ("1188.00", [
        "!FACTURE N° 9", "Le 3 mars 2026", "Total HT|990,00", "TVA 20%|198,00",
        "Arrêtée à la somme de mille cent quatre-vingt-huit euros TTC soit 1 188,00 €"]),
    "fr-multi": ("1188.00", [
        "!FACTURE N° 10", "Le 3 mars 2026", "Total HT|990,00 EUR (1 069,20 USD)", "TVA 20%|198,00 EUR (213,84 USD)",
        "Total TTC|1 188,00 EUR (1 283,04 USD)"]),
    "fr-rel": (None, [
        "!RELEVÉ DE FACTURES", "Date : 31/03/2026", "Facture F-1 du 01/02/2026|100,00 €",
        "Facture F-2 du 11/02/2026|200,00 €", "Total dû|300,00 €"]),
    "de-mahn": (None, [
        "!Zahlungserinnerung", "Datum: 01.04.2026", "Rechnung Nr. 2026-88 vom 01.02.2026|1.190,00 EUR",
        "Mahngebühr|5,00 EUR", "Zu zahlen|1.195,00 EUR"]),
    "en-rem": (None, [
        "!PAYMENT REMINDER", "Date: 1 April 2026", "Invoice INV-9 dated 1 March 2026", "Amount due|GBP 1,450.00"]),
}


def draw_sums(name, lines):
    """Sums one below the other."""
    text = "".join(lines)
    sheet = Sheet()
    named = any(one in text for one in ("EUR", "$", "GBP", "€"))
    sheet.row((50, "Maison Exemple SARL - FR19812345676" + ("" if named else " - EUR")), step=30)
    for line in lines:
        is_title, cells = line.startswith("!"), line.lstrip("!").split("|")
        spaced = name.startswith("fr") and "EUR" not in text
        amounts = [(500, one.replace(" ", "\xa0") if spaced else one, "right") for one in cells[1:]]
        sheet.row((50, cells[0], "left", 14 if is_title else 9, is_title), *amounts, step=22)
    return sheet.pages


OTHERS = [  # language, title: none of them is an invoice
    ("fr", "DEVIS N° D-118"), ("fr", "FACTURE PRO FORMA N° PF-118"), ("fr", "BON DE LIVRAISON N° BL-118"),
    ("fr", "RELEVÉ DE COMPTE AU 31/03/2026"), ("fr", "BON DE COMMANDE N° C-118"), ("de", "ANGEBOT Nr. A-118"),
    ("de", "LIEFERSCHEIN Nr. L-118"), ("de", "AUFTRAGSBESTÄTIGUNG Nr. AB-118"), ("de", "KONTOAUSZUG 3/2026"),
    ("en", "QUOTATION Q-118"), ("en", "PROFORMA INVOICE PI-118"), ("en", "STATEMENT OF ACCOUNT"), ("en", "PACKING SLIP 118"),
    ("es", "PRESUPUESTO N.º P-118"), ("es", "ALBARÁN N.º 118"), ("es", "FACTURA PROFORMA N.º 118"),
    ("it", "PREVENTIVO N. 118"), ("it", "DOCUMENTO DI TRASPORTO N. 118"), ("it", "FATTURA PROFORMA N. 118"),
    ("nl", "OFFERTE 118"), ("nl", "PAKBON 118"), ("nl", "PROFORMAFACTUUR 118"),
]


def other(language, title):
    sheet = Sheet()
    sheet.row((50, "Atelier Quatre Vents", "left", 11, True), step=14)
    sheet.row((50, "bureau@quatrevents.example - FR19812345676"), step=30)
    sheet.row((50, title, "left", 16, True), (400, "01/03/2026"), step=30)
    sheet.row((50, BUYERS[language][0]), step=30)
    for text, price in zip(GOODS[language], (12000, 6550, 4200)):
        sheet.row((50, text), (545, de(price) + " €", "right"))
    sheet.row((350, "Total"), (545, de(22750) + " €", "right"))
    return sheet.pages


def credits(language, form, rate):
    result = cases(language, form, rate)
    for case in result:
        case.credit, case.paid, case.payable = True, 0, case.total
    return result


DESIGNS = {  # name: (language, drawing, invoices)
    "fr-two-columns": ("fr", fr_two_columns, cases("fr", "2026-%03d", 2000)),
    "fr-own-words": ("fr", fr_own_words, cases("fr", "E%04d", 2000)),
    "fr-summary-first": ("fr", fr_summary_first, cases("fr", "KV/26/%d", 2000)),
    "de-labels-above": ("de", de_labels_above, cases("de", "26-%04d", 1900)),
    "de-row": ("de", de_row, cases("de", "DA%05d", 1900)),
    "en-us": ("en", us_style, cases("en", "%05d", 825, currency="USD")),
    "en-two-currencies": ("en", uk_two_currencies, cases("en", "NL-%04d", 2000, currency="GBP")),
    "es-withheld": ("es", es_withheld, cases("es", "F-%d/26", 2100, 1500)),
    "it-boxes": ("it", it_boxes, cases("it", "%d/2026", 2200)),
    "nl-sentence": ("nl", nl_sentence, cases("nl", "20260%04d", 2100)),
    "de-swiss": ("de", swiss_francs, cases("de", "R-%d", 810, currency="CHF")),
    "de-html": ("de", html_mail, cases("de", "TL-%d", 1900)),
    "fr-credit": ("fr", credit_note("fr", True), credits("fr", "AV-%04d", 2000)),
    "de-credit": ("de", credit_note("de", False), credits("de", "GS%05d", 1900)),
    "en-credit": ("en", credit_note("en", False), credits("en", "CN-%d", 2000)),
    "es-credit": ("es", credit_note("es", True), credits("es", "R-%d/26", 2100)),
    "it-credit": ("it", credit_note("it", True), credits("it", "NC%d", 2200)),
    "nl-credit": ("nl", credit_note("nl", True), credits("nl", "C26%04d", 2100)),
    "en-text": ("en", text_mail, cases("en", "B%05d", 2000, currency="GBP")),
}
