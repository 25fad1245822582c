"""What the plans' intake forms ask for: the applicant, and for each service its own boxes with their units (采集单, 申请表)."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.acts.field import Code, Moment, Part, Text
from domain.acts.kinds import ALL, Field, Fields, read_by

ApplicantKind = Literal["enterprise", "developer", "other-non-resident", "resident"]
"""企业, 房地产开发企业, 其它非居民用户, 居民."""
Business = Literal["new", "expansion", "temporary"]
"""业务类型: 新开户或新装, 扩容或增容, 临时."""

Amount = Annotated[float, Meta(ge=0, le=1e9)]
"""How much, in the unit that the field is named after."""
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Words = Annotated[str, Meta(min_length=1, max_length=200)]
Sealed = Annotated[str, Meta(min_length=1, max_length=1_700)]
"""A person's particulars: as given, or sealed under the case's key, which takes more room than what may be given
(`domain/people/fields.py` says how much). The ledger holds them sealed alone."""


class Applicant(Part, kw_only=True):
    """申请单位, as both plans' forms ask for it."""

    name: Sealed
    """Sealed where the applicant is a person itself."""
    kind: ApplicantKind = "enterprise"
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    """统一社会信用代码 (GB 32100), 18 characters with its check character."""
    legal_representative: Sealed | None = None
    id_number: Sealed | None = None
    """身份证号 (GB 11643) of the legal representative."""
    contact: Sealed | None = None
    phone: Sealed | None = None


class Supply(Part, kw_only=True):
    """One service asked for and the company that supplies it in this case."""

    service: Code
    """A service of the scheme's `utilities`: water, gas, heat, power, network."""
    utility: Code
    """The company's party code."""


class WaterWanted(Part, kw_only=True):
    """用水报装资料."""

    business: Business | None = None
    tonnes_per_day: Amount | None = None
    cubic_metres_per_day: Amount | None = None
    dual_supply: bool | None = None
    """双路供水."""


class PowerWanted(Part, kw_only=True):
    """用电报装资料; capacities in kVA, or in kW where the firm knows them so."""

    business: Business | None = None
    main_kva: Amount | None = None
    main_kw: Amount | None = None
    standby_kva: Amount | None = None
    standby_kw: Amount | None = None


class GasAppliance(Part, kw_only=True):
    """One row of the gas table: 用气设备."""

    name: Words
    count: Count | None = None
    burner_bore: Words | None = None
    """燃烧器口径, as the nameplate writes it (DN25)."""
    working_kpa: Amount | None = None
    appliance_kpa: Amount | None = None
    normal_cubic_metres_per_hour: Amount | None = None
    full_cubic_metres_per_hour: Amount | None = None


class GasWanted(Part, kw_only=True):
    """用气报装资料."""

    appliances: Annotated[tuple[GasAppliance, ...], Meta(max_length=50)] = ()


class HeatWanted(Part, kw_only=True):
    """供热报装资料."""

    megapascals: Amount | None = None
    celsius: Annotated[float, Meta(ge=-50, le=1_000)] | None = None
    normal_tonnes_per_hour: Amount | None = None
    full_tonnes_per_hour: Amount | None = None
    hours_per_day: Annotated[float, Meta(ge=0, le=24)] | None = None
    days_per_year: Annotated[int, Meta(ge=0, le=366)] | None = None


class NetworkWanted(Part, kw_only=True):
    """网络报装资料."""

    fibre_to_the_user: bool | None = None
    """通信设施采用光纤到户/光纤到用户单元方式建设."""
    in_plot_ready: bool | None = None
    """红线内弱电配套设施具备."""
    bandwidth_mb: Amount | None = None
    bandwidth_users: Count | None = None
    telephone_lines: Count | None = None
    base_stations: Count | None = None
    tv_users: Count | None = None
    free_choice_of_carrier: bool | None = None


class Form(Part, kw_only=True):
    """An intake form; which of its boxes a city asks for says the scheme."""

    applicant: Applicant
    supplies: Annotated[tuple[Supply, ...], Meta(min_length=1, max_length=20)]
    project_name: Words | None = None
    project_code: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    address: Sealed | None = None
    """Sealed, as the two below, where the applicant is a person itself: then it is a home."""
    town: Words | None = None
    """镇(街道)."""
    road: Words | None = None
    house_number: Sealed | None = None
    connection_place: Sealed | None = None
    """报装接入地点(详细路段地址)."""
    zone: Code | None = None
    """镇街 or 组团, by its code in the scheme's scope."""
    covered: bool = True
    """The place lies within the public network's coverage (公共管网覆盖区域内)."""
    installable: bool = True
    """具备安装条件."""
    planned_use_on: date | None = None
    """计划投入使用时间."""
    survey_wanted_at: Moment | None = None
    """预约踏勘时间, to the hour."""
    water: WaterWanted | None = None
    power: PowerWanted | None = None
    gas: GasWanted | None = None
    heat: HeatWanted | None = None
    network: NetworkWanted | None = None
    other: Text | None = None
    """其他情况, 个性化需求."""


FORM: Fields = {
    **read_by(
        ALL,
        "applicant.kind",
        "supplies.service",
        "supplies.utility",
        "project_code",
        "town",
        "road",
        "zone",
        "covered",
        "installable",
        "planned_use_on",
        "survey_wanted_at",
        "water.business",
        "water.tonnes_per_day",
        "water.cubic_metres_per_day",
        "water.dual_supply",
        "power.business",
        "power.main_kva",
        "power.main_kw",
        "power.standby_kva",
        "power.standby_kw",
        "gas.appliances.name",
        "gas.appliances.count",
        "gas.appliances.burner_bore",
        "gas.appliances.working_kpa",
        "gas.appliances.appliance_kpa",
        "gas.appliances.normal_cubic_metres_per_hour",
        "gas.appliances.full_cubic_metres_per_hour",
        "heat.megapascals",
        "heat.celsius",
        "heat.normal_tonnes_per_hour",
        "heat.full_tonnes_per_hour",
        "heat.hours_per_day",
        "heat.days_per_year",
        "network.fibre_to_the_user",
        "network.in_plot_ready",
        "network.bandwidth_mb",
        "network.bandwidth_users",
        "network.telephone_lines",
        "network.base_stations",
        "network.tv_users",
        "network.free_choice_of_carrier",
    ),
    "applicant.name": Field(ALL, "name", of_persons=True, fed="of-firms"),
    "applicant.credit_code": Field(ALL, fed="of-firms"),
    "applicant.legal_representative": Field(ALL, "name", fed="never"),
    "applicant.id_number": Field(ALL, "id-number", fed="never"),
    "applicant.contact": Field(ALL, "name", fed="never"),
    "applicant.phone": Field(ALL, "phone", fed="never"),
    "project_name": Field(ALL, fed="of-firms"),
    "other": Field(ALL, fed="of-firms"),
    "address": Field(ALL, "place", of_persons=True, most=300, fed="of-firms"),
    "house_number": Field(ALL, "place", of_persons=True, fed="of-firms"),
    "connection_place": Field(ALL, "place", of_persons=True, most=300, fed="of-firms"),
}
"""Who reads which box; of an applicant that is a person itself, the feed has neither name nor place nor words."""


__all__ = [
    "FORM",
    "Applicant",
    "ApplicantKind",
    "Business",
    "Form",
    "GasAppliance",
    "GasWanted",
    "HeatWanted",
    "NetworkWanted",
    "PowerWanted",
    "Sealed",
    "Supply",
    "WaterWanted",
]
