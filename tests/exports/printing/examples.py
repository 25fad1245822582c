"""Made-up forms and letters of both cities, one of each; nobody in them is a real person, and no company's affairs are."""

from datetime import UTC, date, datetime

from domain.acts.forms import (
    Applicant,
    Form,
    GasAppliance,
    GasWanted,
    HeatWanted,
    NetworkWanted,
    PowerWanted,
    Supply,
    WaterWanted,
)
from domain.printing.records import (
    CommitmentLetter,
    Intake,
    Interview,
    OneTimeNotice,
    Opinion,
    PrintedForm,
    Record,
    Rectification,
    Referral,
    Sheet,
    Signing,
    Statement,
    StatementLine,
    YearEndLine,
    YearEndPaper,
)

BOILER = GasAppliance(
    name="蒸汽锅炉",
    count=2,
    burner_bore="DN65",
    working_kpa=2.8,
    appliance_kpa=3,
    normal_cubic_metres_per_hour=120,
    full_cubic_metres_per_hour=150.5,
)
STOVE = GasAppliance(name="食堂灶具", count=6, burner_bore="DN25", working_kpa=2, appliance_kpa=2, normal_cubic_metres_per_hour=18)


def at(day: int, hour: int) -> datetime:
    """A day of November 2026 and an hour in Shanghai."""
    return datetime(2026, 11, day, hour - 8, tzinfo=UTC)


def supplies(city: str, *services: str) -> tuple[Supply, ...]:
    return tuple(Supply(service=one, utility=f"{city}-{one}") for one in services)


DAYE = Form(
    applicant=Applicant(
        name="大冶样例精密铸造有限公司",
        credit_code="91420281MA0000000X",
        legal_representative="张样",
        contact="李例",
        phone="138****0000",
    ),
    supplies=supplies("dy", "water", "power", "gas", "network"),
    project_code="2611-420281-04-01-000001",
    town="罗家桥",
    road="新冶大道",
    house_number="88",
    planned_use_on=date(2027, 3, 1),
    survey_wanted_at=at(23, 9),
    water=WaterWanted(business="new", tonnes_per_day=30.5, dual_supply=True),
    power=PowerWanted(business="new", main_kva=1250, standby_kva=630),
    gas=GasWanted(appliances=(BOILER, STOVE)),
    network=NetworkWanted(bandwidth_mb=500, telephone_lines=12),
    other="一期厂房先行投产，二期另行申请。",
)
JINGMEN = Form(
    applicant=Applicant(
        name="荆门样例新材料有限公司",
        credit_code="91420800MA0000000X",
        legal_representative="王样",
        id_number="4208**********000X",
        contact="赵例",
        phone="139****0000",
    ),
    supplies=supplies("jm", "water", "power", "gas", "heat", "network"),
    project_name="年产三万吨样例材料生产线",
    project_code="2611-420802-04-01-000002",
    address="东宝区子陵铺镇工业路 1 号",
    water=WaterWanted(cubic_metres_per_day=45),
    power=PowerWanted(business="expansion", main_kva=2000, main_kw=1600),
    gas=GasWanted(appliances=(BOILER, STOVE)),
    heat=HeatWanted(megapascals=0.8, celsius=175, normal_tonnes_per_hour=2.5, full_tonnes_per_hour=4, hours_per_day=16, days_per_year=300),
    network=NetworkWanted(
        fibre_to_the_user=True, in_plot_ready=False, bandwidth_users=20, base_stations=1, tv_users=5, free_choice_of_carrier=True
    ),
)


def opinion(utility: str, name: str, text: str, day: int, outcome: str = "approved") -> Opinion:
    return Opinion(utility=utility, name=name, outcome=outcome, text=text, signatory="周样", signed_at=at(day, 10))  # type: ignore[arg-type]  # a word of the form


def signing(department: str, title: str, *opinions: Opinion, dated: bool = True, awaited: tuple[str, ...] = ()) -> Signing:
    return Signing(department=department, title=title, dated=dated, opinions=opinions, awaited=awaited)


_DAYE_SHEET = Sheet(
    number=12,
    year=2026,
    project_code=DAYE.project_code,
    applicant=DAYE.applicant.name,
    legal_representative="张样",
    address="罗家桥街道新冶大道 88 号",
    contact="李例",
    phone="138****0000",
    works_from=date(2026, 12, 1),
    works_until=date(2026, 12, 10),
    zone="罗家桥街道",
    connection_place="新冶大道与大棋路交叉口以东 180 米，南侧人行道",
    signings=(
        signing("dy-shudi", "属地意见", opinion("dy-water", "清润水务集团", "同意，请做好沿线商户告知。", 24), dated=False),
        signing("dy-cgj", "城管部门审批意见", opinion("dy-water", "清润水务集团", "占绿面积以现场核定为准，完工后按原标准恢复。", 24)),
        signing(
            "dy-jtj",
            "交通运输部门审批意见",
            opinion("dy-gas", "华润燃气公司", "同意", 24),
            opinion("dy-water", "清润水务集团", "同意，与燃气同沟敷设。", 24),
        ),
        signing("dy-gaj", "公安（交警）部门审批意见", opinion("dy-water", "清润水务集团", "同意，夜间施工。", 24), awaited=("dy-gas",)),
    ),
)
_JINGMEN_SHEET = Sheet(
    project_code=JINGMEN.project_code,
    applicant=JINGMEN.applicant.name,
    legal_representative="王样",
    address=JINGMEN.address,
    contact="赵例",
    phone="139****0000",
    works_from=date(2026, 12, 3),
    works_until=date(2026, 12, 20),
    connection_place="子陵铺镇工业路（K0+120 至 K0+350），东侧绿化带",
    signings=(
        signing("jm-zgj", "市自然资源和规划局意见", opinion("jm-water", "荆门市城市水务集团有限公司", "不涉及规划调整", 23, "not-needed")),
        signing(
            "jm-cgw",
            "市城管委意见",
            opinion("jm-gas", "中石油昆仑燃气有限公司", "管线与现状绿化带乔木净距不足，请调整路由后重新报批。", 24, "rejected"),
            opinion("jm-water", "荆门市城市水务集团有限公司", "同意，与其他管线共沟，一次开挖。", 25),
        ),
        signing("jm-spj", "市行政审批局意见", awaited=("jm-gas", "jm-water")),
    ),
)
EXAMPLES: dict[tuple[str, PrintedForm], Record] = {
    ("daye-2023", "demand"): Intake(form=DAYE),
    ("daye-2023", "application"): Intake(form=DAYE, number=12, year=2026),
    ("daye-2023", "sheet"): _DAYE_SHEET,
    ("daye-2023", "commitment"): CommitmentLetter(
        utility="清润水务集团",
        department="大冶市城市管理执法局",
        of_year=2026,
        standard="占用绿地恢复标准 2026 年版",
        document="清润承诺〔2026〕3 号",
        scope="占用绿地、施工长度小于 200 米的供水外线工程",
        contractor="大冶样例市政工程有限公司",
        contractor_code="91420281MA0000001X",
        signed_on=date(2026, 1, 6),
    ),
    ("jingmen-2023", "demand"): Intake(form=JINGMEN, number=7, year=2026),
    ("jingmen-2023", "sheet"): _JINGMEN_SHEET,
    ("jingmen-2023", "commitment"): CommitmentLetter(
        utility="荆门市城市水务集团有限公司",
        department="荆门市城市管理委员会",
        of_year=2026,
        standard="城市道路人行道挖掘恢复标准 2026-1",
        document="荆水承诺〔2026〕1 号",
        scope="需挖掘人行道、施工长度小于 300 米的供水外线工程",
        signatory="孙样",
        signed_on=date(2026, 1, 5),
    ),
    ("jingmen-2023", "notice"): OneTimeNotice(
        addressee=JINGMEN.applicant.name,
        matter="用气报装",
        materials=("厂区总平面图（标明用气设备位置）", "用气设备清单及铭牌照片", "法定代表人身份证明"),
        place="东宝区共享营业厅，白云大道 62 号，联办专席 2 号窗",
        procedure=("补齐材料后在任一窗口提交", "次一工作日联合踏勘", "踏勘后同步出具方案"),
        issuer="荆门市行政审批局",
        issued_on=date(2026, 11, 16),
    ),
    ("jingmen-2023", "rectification"): Rectification(
        utility="荆门市城市水务集团有限公司",
        department="荆门市城市管理委员会",
        defect="工业路人行道开挖处回填不密实，路面沉降约 3 厘米；\n施工围挡拆除后垃圾未清运。",
        due_on=date(2026, 11, 30),
        ordered_on=date(2026, 11, 20),
    ),
    ("jingmen-2023", "arranged"): Interview(
        utility="荆门市城市水务集团有限公司",
        department="荆门市住房和城乡建设局",
        grounds="本年二季度用户多次反映停水不提前告知，12345 热线转办 7 件，其中 3 件没有在 24 小时内反馈。",
        held_for=at(26, 9),
        place="荆门市住房和城乡建设局二楼会议室",
        contact="样例科 0724-0000000",
        called_on=date(2026, 11, 24),
    ),
    ("jingmen-2023", "referral"): Referral(
        authority="荆门市样例执法支队",
        utility="荆门市城市水务集团有限公司",
        department="荆门市城市管理委员会",
        facts="2026年3月、6月两次检查发现外线工程未达到承诺标准，均已责令限期整改；第二次整改经认定不到位，6月30日约谈时无人到场。",
        law="《样例管理条例》第十条：未按承诺标准恢复路面、绿地的，由样例执法机关责令改正，处以罚款。",
        referred_on=date(2026, 7, 6),
    ),
    ("jingmen-2023", "interview"): Interview(
        utility="荆门市城市水务集团有限公司",
        department="荆门市城市管理委员会",
        grounds="工业路人行道恢复不合格，责令整改后复查仍有沉降；本年度同类问题已发生三次。",
        held_for=at(26, 15),
        place="荆门市城市管理委员会三楼会议室",
        contact="钱样",
        called_on=date(2026, 11, 24),
    ),
    ("jingmen-2023", "statement"): Statement(
        period="2026年上半年",
        district="东宝区人民政府",
        utility="荆门市城市水务集团有限公司",
        items=(
            StatementLine(
                number=1,
                case_id="019a0000-0000-7000-8000-000000000001",
                project="2611-420802-04-01-000002",
                amount="10,000.01",
            ),
            StatementLine(
                number=2,
                case_id="019a0000-0000-7000-8000-000000000002",
                project="年产三万吨样例材料生产线外线给水工程",
                belongs_to="2025年下半年",
                amount="2,345.00",
            ),
        ),
        cases=2,
        amount="12,345.01",
        capital="壹万贰仟叁佰肆拾伍元零壹分",
        submitted_on=date(2026, 6, 10),
        checked_on=date(2026, 6, 12),
        paid_on=date(2026, 6, 30),
        reference="东财建〔2026〕12 号",
        digest="b83b55f77bc49403606a1375205237162c978f3932a5c2da6657cbb74ddf7bb7",
    ),
    ("jingmen-2023", "yearend"): YearEndPaper(
        of_year=2026,
        city="荆门市",
        district="东宝区人民政府",
        items=(
            YearEndLine(
                number=1,
                utility="荆门市城市水务集团有限公司",
                half="上半年",
                paid_on=date(2026, 6, 30),
                reference="东财建〔2026〕12 号",
                amount="12,345.01",
            ),
            YearEndLine(
                number=2,
                utility="中石油昆仑燃气有限公司",
                half="下半年",
                paid_on=date(2026, 12, 18),
                reference="东财建〔2026〕47 号",
                amount="1,234,567.08",
            ),
        ),
        settled="1,246,912.09",
        percent=50,
        city_share="623,456.04",
        capital="陆拾贰万叁仟肆佰伍拾陆元零肆分",
        district_share="623,456.05",
        paid_on=date(2026, 12, 30),
        reference="荆财结〔2026〕8 号",
        digest="4f2b0c6d1e8a97350f6a2d9c4b1e7f80a3c5d6e9b2f1084756c8d9e0a1b2c3d4",
    ),
}
