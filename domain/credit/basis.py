"""What an entry of a credit file must rest on to leave the house: a catalogue item, and a document that has taken effect."""

from datetime import date

from domain.acts.enforcement.credit import CatalogueItem, EffectiveDocument
from domain.refusals import Malformed, NotCovered
from domain.schemes.enforcement import CreditRules
from domain.schemes.rulebook import Rulebook
from words import listed, sentence

PENALTIES = frozenset({"行政处罚决定书", "行政处罚决定", "当场行政处罚决定书"})
"""What a document that imposes an administrative penalty is called (Administrative Penalty Law, arts. 52, 59)."""
ABOUT_PENALTIES = "行政处罚"


def terms_of(book: Rulebook) -> CreditRules:
    """Give the plan's rules of credit files; one without has none."""
    if book.scheme.credit is None:
        message = sentence("{scheme} says nothing of credit files; nobody is entered under it", scheme=book.id)
        raise NotCovered(message)
    return book.scheme.credit


def check_basis(item: CatalogueItem | None, rests_on: EffectiveDocument | None, on: date, *, penalty: bool) -> None:
    """Refuse a document that cannot have taken effect, and a penalty's item without a penalty."""
    if rests_on is not None:
        _check_document(rests_on, on)
    imposed = rests_on is not None and rests_on.kind in PENALTIES
    if penalty and not imposed:
        message = sentence(
            "only an administrative penalty stands among the penalties; the document has to be one of {penalties}",
            penalties=listed(sorted(PENALTIES)),
        )
        raise Malformed(message, field="penalty")
    if imposed and not penalty:
        message = sentence("the document imposes an administrative penalty: say so by 'penalty', as penalties are published apart")
        raise Malformed(message, field="penalty")
    if item is not None and ABOUT_PENALTIES in item.title and not penalty:
        message = sentence(
            "the item {number} ({title}) is for administrative penalties; this entry rests on none", number=item.number, title=item.title
        )
        raise Malformed(message, field="item")


def _check_document(document: EffectiveDocument, on: date) -> None:
    if not document.issued_on <= document.served_on <= on:
        message = sentence(
            "the document is issued on {issued_on} and served on {served_on}, and today is {today}; "
            "it takes effect once it is issued and then served",
            issued_on=document.issued_on,
            served_on=document.served_on,
            today=on,
        )
        raise Malformed(message, field="servedOn")
