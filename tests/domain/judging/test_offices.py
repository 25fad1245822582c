"""Office clocks are made once: by edition, city and hours, whoever's they are."""

from domain.offices import Offices
from tests.domain.stories import book, package

EDITION = package()


def test_parties_with_the_same_hours_share_one_clock() -> None:
    offices = Offices({EDITION.id: EDITION}, EDITION.id)
    clock = offices.of(book("jingmen-2023"), "jm-water", EDITION.id)
    assert offices.of(book("jingmen-2023"), "jm-water", EDITION.id) is clock
    assert offices.of(book("jingmen-2023"), "jm-gas", EDITION.id) is clock


def test_another_city_has_clocks_of_its_own() -> None:
    offices = Offices({EDITION.id: EDITION}, EDITION.id)
    assert offices.of(book("daye-2023"), "", EDITION.id) is not offices.of(book("jingmen-2023"), "", EDITION.id)
