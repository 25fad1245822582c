"""The figures of the service: what the user had to do, beside what each plan promises in its own words."""

from domain.acts import Acted
from domain.acts.connection import AccessConfirmed, AppointmentAgreed, ServiceConnected
from domain.acts.fact import FeeCharged, FormDemanded, MaterialRequested, VisitRequired
from domain.assessment.service_figures import FigurePart, ServiceFigure, connected_within, figures_of
from tests.domain.stories import Story, accepted, book, offices, shanghai

WATER, GAS, OFFICE = "jm-water", "jm-gas", "jm-spj"


def figures(story: Story) -> dict[str, ServiceFigure]:
    found = figures_of(story.situation(), story.judged().clocks, story.offices)
    return {one.promised.what: one for one in found}


def told(*acts: tuple[str, Acted, str]) -> Story:
    story = Story("jingmen-2023")
    story.at("2026-06-03 09:00").does(accepted(WATER, GAS), by=OFFICE)
    for at, act, by in acts:
        story.at(at).does(act, by=by)
    return story


def test_one_application_and_nothing_else_is_one_link() -> None:
    found = figures(told())
    assert {what: (one.value, one.promised.at_most, one.kept) for what, one in found.items()} == {
        "links": (1, 1, True),
        "materials": (0, 0, True),
        "visits": (0, 0, True),
        "fees": (0, 0, True),
        "working-days": (None, 50, None),
    }
    assert found["links"].parts == (FigurePart(None, 1),)


def test_each_thing_asked_of_the_user_is_a_link_and_its_asker_s() -> None:
    found = figures(
        told(
            ("2026-06-03 10:00", VisitRequired(required_by=WATER), WATER),
            ("2026-06-03 10:10", MaterialRequested(requested_by=GAS, document="营业执照"), GAS),
            ("2026-06-03 10:20", MaterialRequested(requested_by=GAS, document="图纸"), GAS),
            ("2026-06-03 10:30", FormDemanded(demanded_by=WATER), WATER),
            ("2026-06-03 10:40", FeeCharged(charged_by=GAS, amount=120_050, works="off-site"), GAS),
        )
    )
    assert (found["links"].value, found["links"].kept) == (6, False)
    assert (found["materials"].value, found["materials"].parts) == (2, (FigurePart(GAS, 1), FigurePart(GAS, 1)))
    assert (found["visits"].value, found["visits"].parts) == (1, (FigurePart(WATER, 1),))
    assert (found["fees"].value, found["fees"].parts) == (120_050, (FigurePart(GAS, 120_050),))


def test_fees_within_the_plot_and_fees_of_nothing_are_none() -> None:
    inside, nothing = FeeCharged(charged_by=GAS, amount=500, works="in-plot"), FeeCharged(charged_by=GAS, amount=0, works="off-site")
    found = figures(told(("2026-06-03 10:00", inside, GAS), ("2026-06-03 10:10", nothing, GAS)))
    assert (found["fees"].value, found["links"].value) == (0, 1)


def test_a_visit_told_by_two_is_one_visit() -> None:
    visit = VisitRequired(required_by=WATER)
    found = figures(told(("2026-06-03 10:00", visit, WATER), ("2026-06-03 10:00", visit, OFFICE)))
    assert (found["visits"].value, found["links"].value) == (1, 2)


def test_before_any_application_there_is_no_link() -> None:
    assert figures(Story("jingmen-2023"))["links"].value == 0


def test_the_days_to_connection_are_those_of_the_slowest_company() -> None:
    """Water: 9:00 to 12:00 and 14:30 to 15:00 of seven hours, 0.5. Gas: a day and 20 minutes, 1.0476, so 1.05."""
    found = figures(
        told(
            ("2026-06-03 09:00", AccessConfirmed(utility=WATER), WATER),
            ("2026-06-03 09:00", AccessConfirmed(utility=GAS), GAS),
            ("2026-06-03 15:00", ServiceConnected(utility=WATER), WATER),
            ("2026-06-04 09:20", ServiceConnected(utility=GAS), GAS),
        )
    )
    assert set(found["working-days"].parts) == {FigurePart(WATER, 50), FigurePart(GAS, 105)}
    assert (found["working-days"].value, found["working-days"].kept) == (105, False)


def test_a_connection_that_is_not_there_yet_has_no_figure() -> None:
    assert figures(told(("2026-06-03 09:00", AccessConfirmed(utility=WATER), WATER)))["working-days"].value is None


def test_daye_promises_no_number_of_links_or_materials_and_its_own_days() -> None:
    """一个工作日 from the moment agreed on: Friday 10:00 to Monday is the first working day after it."""
    story = Story("daye-2023")
    story.at("2026-06-03 09:00").does(accepted("dy-water"), by="dy-zsj")
    agreed = AppointmentAgreed(utility="dy-water", appointed_for=shanghai("2026-06-05 10:00"), chosen_by="customer", confirmed=True)
    story.at("2026-06-03 10:00").does(agreed, by="dy-water")
    story.at("2026-06-08 17:00").does(ServiceConnected(utility="dy-water"), by="dy-water")
    story.at("2026-06-08 17:10").does(FormDemanded(demanded_by="dy-gas"), by="dy-zsj")
    assert {what: (one.value, one.promised.at_most) for what, one in figures(story).items()} == {
        "visits": (0, 0),
        "fees": (0, 0),
        "forms": (1, 0),
        "working-days": (100, 100),
    }


def test_where_no_limit_of_its_own_measures_days_they_are_office_time() -> None:
    """An appointment's day is given by the act: three hours and a half are half a day."""
    between = shanghai("2026-06-03 08:30"), shanghai("2026-06-03 12:00")
    assert connected_within(book("jingmen-2023"), "appointment", WATER, between, offices()) == 50
    assert connected_within(book("jingmen-2023"), "no-visits", WATER, between, offices()) == 50
