"""The invented invoices and the designs in which they are drawn."""
import datetime
from dataclasses import dataclass, field

from pdf_writer import Page, width


@dataclass
class Party:
    name: str
    street: str
    postcode: str
    city: str
    country: str
    email: str
    vat: str
    legal: str
    iban: str = ""
    bic: str = ""


@dataclass
class Line:
    text: str
    quantity: float
    price: int  # cents

    @property
    def total(self):
        return round(self.quantity * self.price)


@dataclass
class Invoice:
    language: str
    design: str
    serial: int
    number: str
    issue: datetime.date
    due: datetime.date
    seller: Party
    buyer: Party
    lines: list
    rate: int = 2000  # hundredths of a percent
    paid: int = 0
    order: str = ""
    customer: str = ""
    currency: str = "EUR"
    credit: bool = False
    terms: str = ""
    notes: list = field(default_factory=list)

    @property
    def net(self):
        return sum(line.total for line in self.lines)

    @property
    def tax(self):
        return (self.net * self.rate + 5000) // 10000

    @property
    def total(self):
        return self.net + self.tax

    @property
    def payable(self):
        return self.total - self.paid


def iban(country, account):
    """ISO 13616: the check digits that make it valid."""
    digits = "".join(str(int(one, 36)) for one in account + country + "00")
    return "%s%02d%s" % (country, 98 - int(digits) % 97, account)


def grouped(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


# How each language writes amounts: thousands, decimal mark, where the currency stands
NOTATION = {"fr": ("\xa0", ",", "%s €"), "de": (".", ",", "%s €"), "en": (",", ".", "€%s"), "es": (".", ",", "%s €"),
            "it": (".", ",", "€ %s"), "nl": (".", ",", "€ %s")}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}


def amount(invoice, value, sign=True):
    thousands, mark, form = NOTATION[invoice.language]
    minus, value = ("-", -value) if value < 0 else ("", value)
    whole = str(value // 100)
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    text = minus + thousands.join(groups) + mark + "%02d" % (value % 100)
    return form % text if sign else text


def short(invoice, date):
    return date.strftime({"de": "%d.%m.%Y", "nl": "%d-%m-%Y"}.get(invoice.language, "%d/%m/%Y"))


def long(invoice, date):
    month = MONTHS[invoice.language][date.month - 1]
    form = {"de": "%d. %s %d", "es": "%d de %s de %d"}.get(invoice.language, "%d %s %d")
    return form % (date.day, month, date.year)


def percent(invoice):
    text = "%g" % (invoice.rate / 100)
    return (text.replace(".", NOTATION[invoice.language][1])) + " %"


WORDS = {
    "fr": dict(invoice="Facture", number="Facture n°", date="Date d'émission", due="Date d'échéance", customer="N° client",
               order="Votre commande", item="Désignation", quantity="Quantité", price="Prix unitaire HT", sum="Montant HT",
               net="Total HT", tax="TVA", total="Total TTC", paid="Acompte versé", payable="Net à payer", bank="Banque",
               to="Facturé à", terms="Conditions de paiement", vat="TVA intracommunautaire", page="Page 1/1",
               pay="Merci de régler %(payable)s au plus tard le %(due)s, en rappelant la référence %(number)s.",
               days="30 jours net"),
    "de": dict(invoice="Rechnung", number="Rechnungsnummer", date="Rechnungsdatum", due="Fällig am", customer="Kundennummer",
               order="Ihre Bestellung", item="Bezeichnung", quantity="Menge", price="Einzelpreis", sum="Betrag",
               net="Nettobetrag", tax="MwSt.", total="Rechnungsbetrag", paid="Bereits gezahlt", payable="Zu zahlen",
               bank="Bankverbindung", to="Rechnung an", terms="Zahlungsbedingungen", vat="USt-IdNr.", page="Seite 1 von 1",
               pay="Bitte überweisen Sie den Betrag von %(payable)s bis zum %(due)s auf das unten genannte Konto.",
               days="30 Tage netto"),
    "en": dict(invoice="Invoice", number="Invoice number", date="Invoice date", due="Due date", customer="Customer no.",
               order="Your PO", item="Description", quantity="Qty", price="Unit price", sum="Amount",
               net="Subtotal", tax="VAT", total="Total", paid="Paid to date", payable="Balance due", bank="Bank details",
               to="Bill to", terms="Payment terms", vat="VAT number", page="Page 1 of 1",
               pay="Please pay %(payable)s by %(due)s quoting %(number)s.", days="Net 30"),
    "es": dict(invoice="Factura", number="N.º de factura", date="Fecha de factura", due="Vencimiento", customer="Cód. cliente",
               order="Su pedido", item="Concepto", quantity="Cantidad", price="Precio", sum="Importe",
               net="Base imponible", tax="IVA", total="Total factura", paid="Anticipo", payable="Total a pagar",
               bank="Datos bancarios", to="Facturar a", terms="Forma de pago", vat="NIF-IVA", page="Página 1 de 1",
               pay="Rogamos el pago de %(payable)s antes del %(due)s indicando el número %(number)s.", days="a 30 días"),
    "it": dict(invoice="Fattura", number="Fattura n.", date="Data fattura", due="Scadenza", customer="Codice cliente",
               order="Vostro ordine", item="Descrizione", quantity="Quantità", price="Prezzo unitario", sum="Importo",
               net="Imponibile", tax="IVA", total="Totale fattura", paid="Acconto", payable="Netto a pagare",
               bank="Coordinate bancarie", to="Spett.le", terms="Condizioni di pagamento", vat="Partita IVA", page="Pagina 1 di 1",
               pay="Vi preghiamo di versare %(payable)s entro il %(due)s.", days="30 giorni data fattura"),
    "nl": dict(invoice="Factuur", number="Factuurnummer", date="Factuurdatum", due="Vervaldatum", customer="Klantnummer",
               order="Uw bestelling", item="Omschrijving", quantity="Aantal", price="Prijs", sum="Bedrag",
               net="Totaal excl. btw", tax="btw", total="Totaal incl. btw", paid="Reeds betaald", payable="Te betalen",
               bank="Bankgegevens", to="Factuuradres", terms="Betalingsvoorwaarden", vat="Btw-nummer", page="Pagina 1 van 1",
               pay="Wij verzoeken u %(payable)s vóór %(due)s over te maken onder vermelding van %(number)s.",
               days="30 dagen netto"),
}


def table(page, invoice, y, columns=(50, 330, 440, 545)):
    words = WORDS[invoice.language]
    for x, key, align in zip(columns, ("item", "quantity", "price", "sum"), ("left", "right", "right", "right")):
        page.text(x, y, words[key], 8, True, align)
    page.line(50, y + 4, 545, y + 4)
    for line in invoice.lines:
        y += 18
        page.text(columns[0], y, line.text)
        page.text(columns[1], y, ("%g" % line.quantity).replace(".", NOTATION[invoice.language][1]), align="right")
        page.text(columns[2], y, amount(invoice, line.price, False), align="right")
        page.text(columns[3], y, amount(invoice, line.total), align="right")
    page.line(50, y + 6, 545, y + 6)
    return y + 24


def sums(invoice):
    words = WORDS[invoice.language]
    rows = [(words["net"], invoice.net), ("%s %s" % (words["tax"], percent(invoice)), invoice.tax),
            (words["total"], invoice.total)]
    if invoice.paid:
        rows += [(words["paid"], -invoice.paid)]
    if invoice.paid or invoice.design in ("classic", "band"):
        rows += [(words["payable"], invoice.payable)]
    return rows


def address(page, x, y, party, size=9, step=12):
    page.text(x, y, party.name, size, True)
    page.text(x, y + step, party.street, size)
    page.text(x, y + 2 * step, "%s %s" % (party.postcode, party.city), size)
    return y + 3 * step


def classic(invoice):
    """Sender at the left, customer at the right, key and value beside each other, totals down the right edge."""
    page, words = Page(), WORDS[invoice.language]
    address(page, 50, 60, invoice.seller)
    page.text(50, 96, invoice.seller.email)
    page.text(50, 108, "%s : %s" % (words["vat"], invoice.seller.vat))
    address(page, 340, 140, invoice.buyer)
    page.text(50, 210, "%s %s" % (words["number"], invoice.number), 16, True)
    y = 235
    facts = [(words["date"], short(invoice, invoice.issue)), (words["due"], short(invoice, invoice.due))]
    if invoice.order:
        facts.append((words["order"], invoice.order))
    for key, value in facts:
        page.text(50, y, key + " :")
        page.text(170, y, value)
        y += 14
    y = table(page, invoice, y + 20)
    for key, value in sums(invoice):
        bold = key == words["payable"]
        page.text(350, y, key, 10 if bold else 9, bold)
        page.text(545, y, amount(invoice, value), 10 if bold else 9, bold, "right")
        y += 16
    y += 20
    page.text(50, y, "%s : %s" % (words["terms"], invoice.terms or words["days"]))
    page.text(50, y + 14, "IBAN : %s" % grouped(invoice.seller.iban))
    page.text(50, y + 28, "BIC : %s" % invoice.seller.bic)
    for number, (_, note) in enumerate(invoice.notes):
        page.text(50, 770 + 10 * number, note, 7, gray=0.3)
    return [page]


def window(invoice):
    """A letter with address window: block of facts at the right, the due date in a sentence, bank in the footer."""
    page, words = Page(), WORDS[invoice.language]
    page.text(545, 50, invoice.seller.name, 14, True, "right")
    page.text(70, 130, "%s · %s · %s %s" % (
        invoice.seller.name, invoice.seller.street, invoice.seller.postcode, invoice.seller.city), 6)
    address(page, 70, 148, invoice.buyer, 10)
    y = 150
    for key, value in ((words["number"], invoice.number), (words["customer"], invoice.customer),
                       (words["date"], short(invoice, invoice.issue))):
        if value:
            page.text(370, y, key + ":", 8)
            page.text(545, y, value, 8, align="right")
            y += 12
    page.text(70, 270, words["invoice"], 14, True)
    y = table(page, invoice, 300)
    for key, value in sums(invoice):
        page.text(380, y, key, 9, key == words["total"])
        page.text(545, y, amount(invoice, value), 9, key == words["total"], "right")
        y += 14
    page.text(70, y + 30, words["pay"] % dict(
        payable=amount(invoice, invoice.payable), due=long(invoice, invoice.due), number=invoice.number))
    page.line(50, 770, 545, 770)
    page.text(50, 782, invoice.seller.name, 7)
    page.text(50, 791, "%s, %s %s" % (invoice.seller.street, invoice.seller.postcode, invoice.seller.city), 7)
    page.text(230, 782, "%s %s" % (words["vat"], invoice.seller.vat), 7)
    page.text(230, 791, invoice.seller.email, 7)
    page.text(390, 782, "IBAN %s" % grouped(invoice.seller.iban), 7)
    page.text(390, 791, "BIC %s" % invoice.seller.bic, 7)
    page.text(545, 810, words["page"], 7, align="right")
    return [page]


def band(invoice):
    """Labels in a gray band above their values; the sum to pay large in a box."""
    page, words = Page(), WORDS[invoice.language]
    page.text(50, 70, words["invoice"].upper(), 24, True)
    page.text(545, 60, invoice.seller.name, 10, True, "right")
    page.text(545, 72, invoice.seller.street, 8, align="right")
    page.text(545, 84, "%s %s" % (invoice.seller.postcode, invoice.seller.city), 8, align="right")
    page.text(545, 96, invoice.seller.vat, 8, align="right")
    page.box(50, 120, 495, 18)
    columns = [(60, words["number"], invoice.number), (190, words["date"], long(invoice, invoice.issue)),
               (320, words["due"], long(invoice, invoice.due)), (450, words["order"], invoice.order)]
    for x, key, value in columns:
        if value:
            page.text(x, 132, key, 8)
            page.text(x, 152, value, 9, True)
    page.text(60, 185, words["to"], 8, gray=0.4)
    address(page, 60, 200, invoice.buyer)
    y = table(page, invoice, 270)
    for key, value in sums(invoice)[:-1]:
        page.text(440, y, key, 9, align="right")
        page.text(545, y, amount(invoice, value), 9, align="right")
        y += 15
    page.box(330, y, 215, 30, 0.85)
    page.text(340, y + 19, words["payable"], 12, True)
    page.text(540, y + 19, amount(invoice, invoice.payable), 14, True, "right")
    page.text(50, y + 60, "%s: IBAN %s, BIC %s" % (words["bank"], grouped(invoice.seller.iban), invoice.seller.bic), 8)
    return [page]


def grid(invoice):
    """Everything in tables: facts in a row of boxes, sums in one row under their headings."""
    page, words = Page(), WORDS[invoice.language]
    address(page, 50, 50, invoice.seller, 10)
    page.text(50, 86, "%s %s" % (words["vat"], invoice.seller.vat), 8)
    page.text(340, 50, words["to"], 8)
    address(page, 340, 64, invoice.buyer)
    page.text(340, 100, "%s %s" % (words["vat"], invoice.buyer.vat), 8)
    heads = [(words["number"], invoice.number), (words["date"], short(invoice, invoice.issue)),
             (words["customer"], invoice.customer), (words["terms"], words["days"])]
    for column, (key, value) in enumerate(heads):
        x = 55 + 125 * column
        page.text(x, 140, key, 7)
        page.text(x, 153, value, 9)
        page.line(x - 5, 130, x - 5, 160)
    page.line(50, 130, 550, 130)
    page.line(50, 160, 550, 160)
    y = table(page, invoice, 190) + 30
    heads = [(words["net"], amount(invoice, invoice.net, False)), ("%", "%g" % (invoice.rate / 100)),
             (words["tax"], amount(invoice, invoice.tax, False)), (words["total"], amount(invoice, invoice.total))]
    for column, (key, value) in enumerate(heads):
        x = 160 + 125 * column
        page.text(x, y, key, 8, True, "right")
        page.text(x, y + 14, value, 9, align="right")
    if invoice.paid:
        y += 40
        for x, key, value in ((410, "paid", invoice.paid), (535, "payable", invoice.payable)):
            page.text(x, y, words[key], 8, True, "right")
            page.text(x, y + 14, amount(invoice, value), 9, align="right")
    page.text(50, y + 60, "%s: %s" % (words["due"], short(invoice, invoice.due)))
    page.text(250, y + 60, amount(invoice, invoice.payable))
    page.text(50, y + 80, words["bank"], 8, True)
    page.text(50, y + 92, "IBAN %s" % grouped(invoice.seller.iban), 8)
    page.text(250, y + 92, "BIC %s" % invoice.seller.bic, 8)
    return [page]


DESIGNS = {"classic": classic, "window": window, "band": band, "grid": grid}


def draw(invoice):
    return DESIGNS[invoice.design](invoice)


LE_GOFF = Party("Menuiserie Le Goff SARL", "12 rue du Port", "22710", "Port-Blanc", "FR", "facturation@legoff.example",
                "FR19812345676", "812345676", iban("FR", "30003012340001234567896"), "SOGEFRPP")
LAW = [("PMD", "Pénalités de retard : trois fois le taux d'intérêt légal (C. com. L441-10)."),
       ("PMT", "Indemnité forfaitaire pour frais de recouvrement : 40 €."),
       ("AAB", "Pas d'escompte pour paiement anticipé.")]


def demo():
    """The four invoices of the demonstration."""
    hotel = Party("Hôtel Beaurivage", "3 quai des Bains", "22700", "Perros-Guirec", "FR", "compta@hotel-beaurivage.example",
                  "FR72823456785", "823456785")
    town = Party("Mairie de Port-Blanc", "1 place de la Mairie", "22710", "Port-Blanc", "FR", "compta@port-blanc.example",
                 "FR30212202444", "212202444")
    studio = Party("Atelier Nord", "27 rue des Forges", "59000", "Lille", "FR", "contact@atelier-nord.example",
                   "FR25834567893", "834567893")
    bakery = Party("Boulangerie Tanguy", "8 place de l'Église", "22300", "Lannion", "FR", "compta@tanguy.example",
                   "FR36845678904", "845678904")
    day = datetime.date
    common = dict(language="fr", design="classic", serial=1, seller=LE_GOFF, terms="30 jours net", notes=LAW)
    return (
        Invoice(number="F2026-118", issue=day(2026, 1, 30), due=day(2026, 3, 1), buyer=hotel, order="BC-2217", lines=[
            Line("Porte d'entrée en chêne, pose comprise", 1, 78000), Line("Reprise de trois fenêtres", 3, 7000)], **common),
        Invoice(number="F2026-119", issue=day(2026, 2, 3), due=day(2026, 3, 5), buyer=town, order="2026-041", lines=[
            Line("Bancs de la place du marché", 4, 48000), Line("Livraison et pose", 1, 28000)], **common),
        Invoice(number="F2026-120", issue=day(2026, 2, 6), due=day(2026, 3, 8), buyer=studio, lines=[
            Line("Étagères en hêtre sur mesure", 3, 12675)], **common),
        Invoice(number="F2026-121", issue=day(2026, 2, 6), due=day(2026, 3, 8), buyer=bakery, lines=[
            Line("Comptoir en frêne", 1, 64000)], **common),
    )


SELLERS = {
    "fr": LE_GOFF,
    "de": Party("Tischlerei Nordlicht GmbH", "Hafenstraße 7", "24937", "Flensburg", "DE", "rechnung@nordlicht.example",
                "DE811234567", "HRB 4711", iban("DE", "200505501234567890"), "HASPDEHH"),
    "en": Party("Harbour Joinery Ltd", "4 Quay Street", "BS1 4DJ", "Bristol", "GB", "accounts@harbour-joinery.example",
                "GB123456782", "07654321", iban("GB", "NWBK60161331926819"), "NWBKGB2L"),
    "es": Party("Carpintería del Puerto S.L.", "Calle Mayor 21", "39700", "Castro Urdiales", "ES",
                "facturas@carpinteria-puerto.example", "ESB39123456", "B39123456", iban("ES", "21000418450200051332"),
                "CAIXESBB"),
    "it": Party("Falegnameria Bianchi S.r.l.", "Via Garibaldi 8", "16124", "Genova", "IT", "fatture@bianchi.example",
                "IT01234567897", "GE-412345", iban("IT", "X0542811101000000123456"), "BLOPIT22"),
    "nl": Party("Timmerbedrijf De Vries B.V.", "Havenkade 15", "1671 AB", "Medemblik", "NL", "administratie@devries.example",
                "NL812345678B01", "37123456", iban("NL", "ABNA0417164300"), "ABNANL2A"),
}
BUYERS = {
    "fr": ("Atelier Nord", "27 rue des Forges", "59000", "Lille", "FR25834567893"),
    "de": ("Gasthof zur Linde", "Dorfstraße 3", "24966", "Sörup", "DE812345678"),
    "en": ("Seaview Hotel", "1 Marine Parade", "TQ2 5AA", "Torquay", "GB987654321"),
    "es": ("Hotel Miramar S.A.", "Paseo Marítimo 5", "39770", "Laredo", "ESA39654321"),
    "it": ("Albergo Bellavista", "Corso Italia 12", "16038", "Santa Margherita", "IT09876543217"),
    "nl": ("Restaurant Het Wapen", "Markt 2", "1621 AA", "Hoorn", "NL823456789B01"),
}
GOODS = {
    "fr": ("Table en chêne", "Heures d'atelier", "Livraison"), "de": ("Tisch aus Eiche", "Werkstattstunden", "Lieferung"),
    "en": ("Oak table", "Workshop hours", "Delivery"), "es": ("Mesa de roble", "Horas de taller", "Entrega"),
    "it": ("Tavolo in rovere", "Ore di laboratorio", "Consegna"),
    "nl": ("Eiken tafel", "Werkplaatsuren", "Levering"),
}
RATES = {"fr": 2000, "de": 1900, "en": 2000, "es": 2100, "it": 2200, "nl": 2100}
NUMBERS = {"fr": "F%d-%03d", "de": "RE-%d/%04d", "en": "INV-%d%04d", "es": "%d/A-%04d", "it": "%d/%d/B", "nl": "%d.%05d"}


def all_samples():
    """Three invoices of each design in each language; every third has a part already paid."""
    result = []
    for column, language in enumerate(WORDS):
        name, street, postcode, city, vat = BUYERS[language]
        buyer = Party(name, street, postcode, city, language.upper(), "", vat, "")
        for row, design in enumerate(DESIGNS):
            for serial in range(1, 4):
                seed = 97 * column + 31 * row + 13 * serial
                issue = datetime.date(2026, 1 + seed % 9, 1 + seed * 7 % 27)
                goods = GOODS[language]
                lines = [Line(goods[0], 1 + seed % 4, 41250 + 1337 * (seed % 23)),
                         Line(goods[1], 2.5 + seed % 7, 5200 + 10 * (seed % 9)), Line(goods[2], 1, 4900)]
                invoice = Invoice(language, design, serial, NUMBERS[language] % (2026, 100 + seed), issue,
                                  issue + datetime.timedelta(days=30), SELLERS[language], buyer, lines, RATES[language],
                                  order="PO-%d" % (4000 + seed) if serial != 2 else "", customer="K%05d" % (20000 + seed))
                if serial == 3:
                    invoice.paid = 20000
                result.append(invoice)
    return result
