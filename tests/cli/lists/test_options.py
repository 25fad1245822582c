"""What a list can be chosen by is typed once: the API asks for it, the command has an option for it, and the store finds by it."""

import msgspec
import pytest
import rich_click as click
from msgspec import Struct

from api.v1.accountability.records import AccountabilityQuery
from api.v1.credit.records import CreditQuery
from api.v1.findings.findings import FindingsQuery
from api.v1.findings.warnings import WarningsQuery
from api.v1.settlement.settlements import SettlementsQuery
from cli.commands.pack import pack
from cli.lists.accountability_records import accountability_records
from cli.lists.credit_records import credit_records
from cli.lists.findings import findings
from cli.lists.settlements import settlements
from cli.lists.warnings import warnings
from storage.accountability.records import AccountabilityChoice
from storage.credit.records import CreditChoice
from storage.findings.choices import FindingChoice
from storage.findings.warnings import WarningChoice
from storage.postgres.choices import choices_of
from storage.settlement.settlements import SettlementChoice
from words import LANGUAGES, speaking

LISTS = (
    (FindingChoice, FindingsQuery, findings),
    (FindingChoice, FindingsQuery, pack),
    (WarningChoice, WarningsQuery, warnings),
    (CreditChoice, CreditQuery, credit_records),
    (AccountabilityChoice, AccountabilityQuery, accountability_records),
    (SettlementChoice, SettlementsQuery, settlements.commands["list"]),
)


@pytest.mark.parametrize(("choice", "query", "command"), LISTS)
def test_what_a_list_is_chosen_by_is_the_same_through_every_door(choice: type[Struct], query: type[Struct], command: click.Command) -> None:
    chosen = {field.encode_name for field, _ in choices_of(choice)}
    called = {one.option or field.encode_name for field, one in choices_of(choice)}
    assert chosen == {one.encode_name for one in msgspec.structs.fields(choice)}, "every field says how it chooses"
    assert {one.encode_name for one in msgspec.structs.fields(query)} - chosen <= {"order", "after", "limit"}
    options = {name for one in command.params for name in one.opts}
    assert {f"--{name}" for name in called} <= options
    for language in LANGUAGES:
        with speaking(language):
            assert all(one.make_metavar(click.Context(command)) for one in command.params), "what an option takes has names to say"
