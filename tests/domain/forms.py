"""The two cities' intake forms with every box filled, as a clerk would have them on the desk; holds no expected answers."""

from datetime import date

from domain.acts.forms import Applicant, Form, GasAppliance, GasWanted, HeatWanted, NetworkWanted, PowerWanted, Supply, WaterWanted
from tests.domain.stories import shanghai

CREDIT_CODE = "91110000600037341L"
"""By GB 32100: each character's value times 3 to the power of its place (mod 31), 538 in all; 31 - 538 % 31 = 20, which is L."""
ID_NUMBER = "11010519491231002X"
"""The example of GB 11643 itself."""
PROJECT_CODE = "2101-420800-04-01-123456"

_APPLIANCE = GasAppliance(
    name="蒸汽锅炉", count=2, burner_bore="DN50", working_kpa=10, appliance_kpa=15, normal_cubic_metres_per_hour=120.5
)
_POWER = PowerWanted(business="new", main_kva=630, main_kw=500, standby_kva=250, standby_kw=200)


def jingmen() -> Form:
    """附件2 用户水、气、热、电、网需求信息采集单."""
    services = {"water": "jm-water", "power": "jm-power", "gas": "jm-gas", "heat": "jm-heat-zhongjing", "network": "jm-mobile"}
    return Form(
        applicant=Applicant(
            name="荆楚精密制造有限公司",
            credit_code=CREDIT_CODE,
            legal_representative="样某",
            id_number=ID_NUMBER,
            contact="例某",
            phone="0724-2345678",
        ),
        supplies=tuple(Supply(service=service, utility=utility) for service, utility in services.items()),
        project_name="精密制造一期",
        project_code=PROJECT_CODE,
        address="子陵铺镇工业路1号",
        zone="ziling",
        connection_place="工业路与纬二路交叉口东侧",
        water=WaterWanted(cubic_metres_per_day=40),
        power=_POWER,
        gas=GasWanted(
            appliances=(
                GasAppliance(
                    name="蒸汽锅炉",
                    count=2,
                    burner_bore="DN50",
                    working_kpa=10,
                    appliance_kpa=15,
                    normal_cubic_metres_per_hour=120.5,
                    full_cubic_metres_per_hour=160,
                ),
            )
        ),
        heat=HeatWanted(
            megapascals=0.8, celsius=175, normal_tonnes_per_hour=2.5, full_tonnes_per_hour=4, hours_per_day=16, days_per_year=300
        ),
        network=NetworkWanted(
            fibre_to_the_user=True, in_plot_ready=False, bandwidth_users=20, base_stations=1, tv_users=4, free_choice_of_carrier=True
        ),
    )


def daye() -> Form:
    """附件3 企业用户水、电、气、网络联合报装业务申请表."""
    services = {"water": "dy-water", "power": "dy-power", "gas": "dy-gas", "network": "dy-mobile"}
    return Form(
        applicant=Applicant(
            name="铜都机械有限公司", credit_code=CREDIT_CODE, legal_representative="样某", contact="例某", phone="13800138000"
        ),
        supplies=tuple(Supply(service=service, utility=utility) for service, utility in services.items()),
        project_code="2101-420281-04-01-123456",
        address="罗家桥街道新冶大道18号",
        town="罗家桥街道",
        road="新冶大道",
        house_number="18",
        connection_place="新冶大道与工业三路交叉口",
        survey_wanted_at=shanghai("2026-11-20 09:00"),
        water=WaterWanted(business="new", tonnes_per_day=30, dual_supply=False),
        power=_POWER,
        gas=GasWanted(appliances=(_APPLIANCE,)),
        network=NetworkWanted(bandwidth_mb=500, telephone_lines=6),
        other="夜间施工前请先联系",
    )


def daye_demand() -> Form:
    """附件2 企业获得水、电、气、网络报装信息采集单."""
    services = {"water": "dy-water", "power": "dy-power", "gas": "dy-gas"}
    return Form(
        applicant=Applicant(name="铜都机械有限公司", credit_code=CREDIT_CODE, contact="例某", phone="13800138000"),
        supplies=tuple(Supply(service=service, utility=utility) for service, utility in services.items()),
        town="罗家桥街道",
        planned_use_on=date(2027, 3, 1),
        other="二期另行登记",
    )
